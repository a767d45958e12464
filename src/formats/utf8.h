#pragma once

#include <cstddef>
#include <string_view>

namespace penstock {

/// Bytes of the UTF-8 character that `text`, which is not empty, begins with: 1 to 4.
/// 0 when it begins with none: half a character, an overlong form, a surrogate.
std::size_t utf8_character_bytes(std::string_view text);

}  // namespace penstock
