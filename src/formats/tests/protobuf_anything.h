#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace penstock {

/// The property every input must keep: bytes decoded as a Protobuf message add one whole row, or
/// one reject and nothing else; what Protobuf's own library reads gives the same row as the
/// library's own encoding of it, but for fields that stand as another kind than the schema
/// says, which the library passes over and Penstock refuses. Aborts when it does not hold.
/// One call after the other on one thread; the decoder lives on between calls.
void protobuf_anything(std::string_view message);

/// Messages that bring every kind of field, also given twice, packed, as groups and unknown.
std::vector<std::string> protobuf_seeds();

}  // namespace penstock
