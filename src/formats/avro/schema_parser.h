#pragma once

#include <deque>

#include "formats/avro/schema.h"

namespace penstock::avro {

/// Turns the JSON of a schema into nodes, and gives back the outermost one.
/// Errors: see Schema::read().
Result<const Node*> parse_schema(const RegisteredSchema& schema, std::deque<Node>& nodes);

}  // namespace penstock::avro
