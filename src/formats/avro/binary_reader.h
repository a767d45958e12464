#pragma once

#include "formats/avro/value_reader.h"

namespace penstock::avro {

/// What reads bytes, fixed and logical types into columns of `sample`'s class. Null for
/// kinds that are what they seem, such as an int.
ValueReader::Read binary_reader(const Node& node, ColumnWriter& sample);

}  // namespace penstock::avro
