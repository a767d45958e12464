#pragma once

#include <string>

#include "model/type.h"
#include "random.h"

namespace google::protobuf {
class Descriptor;
}

namespace penstock::oracle {

/// A message of that type with values for the elements of `row` that have the fields' names:
/// mostly fitting ones. Edges, zeroes written out, fields given twice, in any order, packed or
/// not against the schema, unknown fields and groups; now and then another wire type or bytes
/// changed.
std::string random_protobuf_message(const google::protobuf::Descriptor& message, const Type& row,
                                    Random& random);

}  // namespace penstock::oracle
