#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/inference.h"
#include "engine/pipe_document.h"
#include "spec/environment.h"
#include "spec/value.h"
#include "spec/write_document.h"

namespace penstock {

/// A pipe document that may still lack its columns; of the rest only the source is needed.
/// `name` and `destination.table` are named after the first topic where they are missing.
struct Draft {
  spec::Value written;  // completed, `${…}` as they stand
  PipeDocument pipe;    // without columns, table definition and mapping
  spec::Environment environment;
};

/// `path` is used as parse_pipe_file() does. Errors: pipe.document, every problem in a line.
Result<Draft> read_draft(const std::string& path, std::string_view text,
                         const spec::Environment& environment);

/// What becomes of a draft when its table is known.
struct FinishedDraft {
  spec::Value document;     // accepted by `penstock check`; holds no secret
  spec::Comments comments;  // why the columns are what they are
  PipeDocument pipe;        // the same, ready to run
  std::string create_table;
  std::vector<std::string> notes;  // sentences for a person: what to set, what was left out
};

/// Adds table, columns and sorting key. Of what the draft says of its table its engine,
/// expressions and sorting key stay; its columns and mappings are replaced. Secrets that were
/// written out become `${…}`, named in `notes`.
/// Errors: pipe.document when the draft's own settings do not fit the table.
Result<FinishedDraft> finish_draft(const Draft& draft, const Proposal& proposal);

}  // namespace penstock
