#pragma once

#include <span>
#include <string>
#include <vector>

#include "formats/inference/observation.h"
#include "formats/inference/type_choice.h"

namespace penstock {

/// A column for a field of the messages.
struct ProposedColumn {
  std::string name;   // the field's, but where ClickHouse gives a name another meaning
  std::string field;  // of the message
  ChosenType chosen;
};

/// What a table is sorted by: column names, none where nothing fits, and why.
struct SortingKey {
  std::vector<std::string> columns;
  std::string reason;
};

/// A table for messages, as far as the messages tell.
struct Proposal {
  std::vector<ProposedColumn> columns;
  SortingKey sorting_key;
  std::vector<std::string> left_out;  // sentences: which fields have no column, and why
};

/// A table for the rows seen: every row fits, as Penstock's decoders write it. The rules are in
/// docs/guide/inference.md. The same observation gives the same proposal.
///
/// `rows`: the observation whose records are the rows.
Proposal propose(const Observation& rows);

}  // namespace penstock
