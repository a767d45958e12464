#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/audit_range.h"
#include "engine/pipe_document.h"

namespace penstock {

struct AuditOptions {
  std::string from;             // an offset or a time (UTC); empty: where the pipe began
  std::string to;               // likewise, or "end"; empty: what the pipe's group has committed
  std::int64_t step = 100'000;  // offsets compared at once
};

/// One partition, and what was found in it. Findings are counted in messages.
struct AuditedLog {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t from = 0;
  std::int64_t to = 0;        // not part of it
  std::int64_t after_to = 0;  // offsets the log has behind it
  std::uint64_t messages = 0;
  std::uint64_t rows = 0;        // in the table
  std::uint64_t error_rows = 0;  // in the error table, replayed ones included
  std::uint64_t missing = 0;
  std::uint64_t doubled = 0;
  std::uint64_t unexpected = 0;
};

struct AuditFinding {
  std::string topic;
  std::int32_t partition = 0;
  FindingRun run;
};

/// For a table that does not say where its rows came from: all of its rows against all that should
/// be there.
struct RowCounts {
  std::uint64_t expected = 0;
  std::uint64_t undecided = 0;  // messages on top of it that may have a row
  std::uint64_t found = 0;
};

struct Audit {
  std::vector<AuditedLog> logs;
  std::vector<AuditFinding> findings;  // the first of them
  std::uint64_t more_findings = 0;     // that are not listed
  std::optional<RowCounts> counts;
  std::string why_counts;  // why there are only counts

  bool is_clean() const;
};

/// Compares the topics with the tables, message by message: reads the log itself, decodes as the
/// pipe would today, and asks the tables by the columns `_topic`, `_partition` and `_offset` are
/// mapped to. Joins no group, changes nothing; the pipe may run. Needs memory for some ranges of
/// `step` offsets, however large the topics are.
///
/// Errors: those of the parts; pipe.audit where nothing could be told.
Result<Audit> audit_pipe(const PipeDocument& document, const AuditOptions& options);

}  // namespace penstock
