#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace penstock {

/// The property every input must keep: bytes decoded as an Avro datum, or as a container file,
/// into a table of many types add whole rows or one reject and nothing else, and the decoder
/// still reads a good message afterwards. Aborts when it does not hold.
///
/// The first byte chooses: a schema that fits the table, or one taken from the input itself, up
/// to its first zero byte.
void avro_anything(std::string_view input);

/// Inputs that bring every type once, good schemas among them.
std::vector<std::string> avro_seeds();

}  // namespace penstock
