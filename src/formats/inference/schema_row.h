#pragma once

#include <span>
#include <string>
#include <vector>

#include "formats/inference/proposal.h"
#include "formats/inference/type_choice.h"

namespace penstock {

/// A field of the messages of one schema.
struct SchemaField {
  std::string name;
  ChosenType chosen;
};

/// What one schema says of a row.
struct SchemaRow {
  std::string schema;  // for reasons: "schema id 7"
  std::vector<SchemaField> fields;
};

/// A table for messages of any of these schemas, the newest first. A field has the type the newest
/// schema gives it; numbers, times and texts that another schema has otherwise become a type for
/// both. A field that one of the schemas lacks is Nullable.
///
/// `rows` is not empty.
Proposal propose(std::span<const SchemaRow> rows);

}  // namespace penstock
