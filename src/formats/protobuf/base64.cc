#include "formats/protobuf/base64.h"

#include <array>
#include <cstdint>

namespace penstock::protobuf {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBlanks = " \t\r\n";

}  // namespace

std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;  // bits held that are not in `out` yet
  std::size_t letters = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (kBlanks.find(c) != std::string_view::npos) continue;
    const std::size_t value = kLetters.find(c);
    if (c == '=' ? ++padding > 2 : (padding > 0 || value == std::string_view::npos)) {
      return std::nullopt;
    }
    if (c == '=') continue;
    ++letters;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  const bool is_whole = letters % 4 != 1 && (padding == 0 || (letters + padding) % 4 == 0);
  if (!is_whole || out.empty()) return std::nullopt;
  return out;
}

void append_base64(std::string_view bytes, std::string& out) {
  for (; !bytes.empty(); bytes.remove_prefix(bytes.size() < 3 ? bytes.size() : 3)) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      out += i <= bytes.size() ? kLetters[bits >> (18 - 6 * i) & 63] : '=';
    }
  }
}

}  // namespace penstock::protobuf
