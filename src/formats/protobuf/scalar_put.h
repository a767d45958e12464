#pragma once

#include <string>

#include "formats/protobuf/value_writer.h"

namespace penstock::protobuf {

/// The function that puts numbers, text and bytes of the field into columns of the sample's
/// class. It leaves the sample empty.
ValueWriter::Put scalar_put(const FieldType& field, ColumnWriter& sample);

/// A value that is no message as an error text shows it: 300, "abc", RED.
std::string spell(const FieldType& field, const WireValue& value);

/// Whether a column takes any text: String and its like.
bool takes_any_text(ColumnWriter& sample);

}  // namespace penstock::protobuf
