#pragma once

#include "formats/avro/message.h"
#include "formats/avro/schema.h"

namespace penstock::avro {

/// Appends one value to message.json, of any schema, also one that holds itself.
///
/// | Avro | JSON |
/// |---|---|
/// | record, map; array | object; array |
/// | union | the branch's value, without its name |
/// | enum, uuid | its text |
/// | decimal | a number with all its digits |
/// | date, time-*, timestamp-*, duration | the text a String column gets |
/// | string, bytes, fixed, float, double | as JsonText has them |
const char* write_json(const Node& node, Message& message, const char* at);

}  // namespace penstock::avro
