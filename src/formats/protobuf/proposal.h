#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "contract/schema_source.h"
#include "formats/inference/schema_row.h"
#include "formats/message_indexes.h"

namespace penstock::protobuf {

/// What a proposed table has for a `oneof`.
enum class OneofStyle : std::uint8_t {
  tuple,    // a named Tuple, called like the oneof, of its fields
  variant,  // a Variant, called like the oneof, of its fields' types
  columns,  // a column per field
};

/// Which message of a schema, as Schema::message() has it, and how it is to lie in columns.
struct ProposalOptions {
  MessageIndexes indexes;
  std::string message;
  OneofStyle oneofs = OneofStyle::tuple;
};

/// The row of a message: of the messages in its list where it is nothing but a list of them. All
/// values fit, if ClickHouse has a type for them: a DateTime64(9) ends in 2262.
///
/// `called`: the schema, for reasons. Errors: schema.unusable.
Result<SchemaRow> propose_row(const RegisteredSchema& schema, const ProposalOptions& options,
                              const std::string& called);

}  // namespace penstock::protobuf
