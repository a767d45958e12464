#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "formats/record_decoder.h"

namespace penstock {
namespace {

constexpr std::size_t kShownBytes = 200;

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Bytes of the UTF-8 character `text` begins with, or 0 when it begins with none.
/// Knows shapes only: enough to decide what may be shown.
std::size_t character_bytes(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = lead < 0x80   ? 1
                            : lead < 0xC2 ? 0
                            : lead < 0xE0 ? 2
                            : lead < 0xF0 ? 3
                            : lead < 0xF5 ? 4
                                          : 0;
  if (bytes > text.size()) return 0;
  const std::string_view tail =
      text.substr(std::min<std::size_t>(1, bytes), bytes > 0 ? bytes - 1 : 0);
  return std::ranges::all_of(tail, continues) ? bytes : 0;
}

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
    const std::size_t bytes = character_bytes(value.substr(at));
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
