#pragma once

#include <string_view>

namespace penstock {

/// The property every input must keep: bytes decoded as a JSON message into a
/// table of all types add whole rows, or one reject and nothing else, and the
/// decoder still reads a good message afterwards; the fast path and the plain one
/// give the same. Aborts when it does not hold.
/// One call after the other on one thread; the decoder lives on between calls.
void decode_anything(std::string_view message);

}  // namespace penstock
