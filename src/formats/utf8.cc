#include "formats/utf8.h"

#include <algorithm>

namespace penstock {
namespace {

unsigned byte_at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Table 3-7 of the Unicode Standard: what the second byte may be after the first.
bool fits_lead(unsigned lead, unsigned second) {
  switch (lead) {
    case 0xE0: return second >= 0xA0;
    case 0xED: return second < 0xA0;
    case 0xF0: return second >= 0x90;
    case 0xF4: return second < 0x90;
    default: return true;
  }
}

}  // namespace

std::size_t utf8_character_bytes(std::string_view text) {
  const unsigned lead = byte_at(text, 0);
  if (lead < 0x80) return 1;
  const std::size_t bytes = lead < 0xC2   ? 0
                            : lead < 0xE0 ? 2
                            : lead < 0xF0 ? 3
                            : lead < 0xF5 ? 4
                                          : 0;
  if (bytes == 0 || bytes > text.size()) return 0;
  if (!std::ranges::all_of(text.substr(1, bytes - 1), continues)) return 0;
  return fits_lead(lead, byte_at(text, 1)) ? bytes : 0;
}

}  // namespace penstock
