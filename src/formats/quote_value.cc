#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "formats/record_decoder.h"
#include "formats/utf8.h"

namespace penstock {
namespace {

constexpr std::size_t kShownBytes = 200;

/// Also the second set, U+0080 to U+009F, which terminals obey too.
bool is_control(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character.front());
  return lead < 0x20 || lead == 0x7F ||
         (lead == 0xC2 && static_cast<unsigned char>(character.back()) < 0xA0);
}

void append_byte(std::string& out, char byte) {
  switch (byte) {
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(byte));
  }
}

}  // namespace

std::string quote_value(std::string_view value) {
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t bytes = utf8_character_bytes(value.substr(at));
    if (at + std::max<std::size_t>(bytes, 1) > kShownBytes) return out + "...";
    if (bytes == 0 || is_control(value.substr(at, bytes))) {
      const std::size_t shown = std::max<std::size_t>(bytes, 1);
      for (const char byte : value.substr(at, shown)) append_byte(out, byte);
      at += shown;
    } else {
      out += value.substr(at, bytes);
      at += bytes;
    }
  }
  return out;
}

}  // namespace penstock
