#include "formats/json/fast_message.h"

#include <algorithm>
#include <cstring>

#include "formats/json/scanned_number.h"

namespace penstock::json {
namespace {

constexpr int kNoDigit = -1;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : kNoDigit;
}

/// The four hex digits of \uXXXX, or kNoDigit.
int read_unit(const char* at) {
  int unit = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = hex_digit(at[i]);
    if (digit == kNoDigit) return kNoDigit;
    unit = unit << 4 | digit;
  }
  return unit;
}

char* write_utf8(std::uint32_t code, char* to) {
  const auto tail = [code](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    *to++ = static_cast<char>(code);
  } else if (code < 0x800) {
    *to++ = static_cast<char>(0xC0 | code >> 6);
    *to++ = tail(0);
  } else if (code < 0x10000) {
    *to++ = static_cast<char>(0xE0 | code >> 12);
    *to++ = tail(6);
    *to++ = tail(0);
  } else {
    *to++ = static_cast<char>(0xF0 | code >> 18);
    *to++ = tail(12);
    *to++ = tail(6);
    *to++ = tail(0);
  }
  return to;
}

constexpr bool is_high_surrogate(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool is_low_surrogate(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

/// Writes what the escape at `at`, its backslash, stands for; moves `to`.
const char* read_escape(const char* at, char*& to) {
  switch (at[1]) {
    case '"':
    case '\\':
    case '/': *to++ = at[1]; return at + 2;
    case 'b': *to++ = '\b'; return at + 2;
    case 'f': *to++ = '\f'; return at + 2;
    case 'n': *to++ = '\n'; return at + 2;
    case 'r': *to++ = '\r'; return at + 2;
    case 't': *to++ = '\t'; return at + 2;
    case 'u': break;
    default: return nullptr;
  }
  const int unit = read_unit(at + 2);
  if (unit == kNoDigit || is_low_surrogate(unit)) return nullptr;
  if (!is_high_surrogate(unit)) {
    to = write_utf8(static_cast<std::uint32_t>(unit), to);
    return at + 6;
  }
  const int second = at[6] == '\\' && at[7] == 'u' ? read_unit(at + 8) : kNoDigit;
  if (!is_low_surrogate(second)) return nullptr;
  const int code = 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
  to = write_utf8(static_cast<std::uint32_t>(code), to);
  return at + 12;
}

const char* skip_text(FastMessage& message, const char* at) {
  for (;;) {
    const TextEnd end = find_text_end(at, message.last);
    message.has_high |= end.has_high;
    if (end.at >= message.last) return nullptr;
    if (*end.at == '"') return end.at + 1;
    const auto escaped = static_cast<unsigned char>(end.at[1]);
    if (*end.at != '\\' || escaped < 0x20 || escaped >= 0x80) return nullptr;
    at = end.at + 2;
    if (at >= message.last) return nullptr;
  }
}

/// `at` is the first byte inside. Objects and arrays differ in their keys only.
const char* skip_inside(FastMessage& message, const char* at, char closing) {
  const DeeperBy1 deeper(message);
  if (deeper.is_too_deep()) return nullptr;
  at = skip_blanks(at);
  if (*at == closing) return at < message.last ? at + 1 : nullptr;
  for (;;) {
    if (closing == '}') {
      if (*at != '"') return nullptr;
      at = skip_text(message, at + 1);
      if (at == nullptr) return nullptr;
      at = skip_blanks(at);
      if (*at != ':') return nullptr;
      at = skip_blanks(at + 1);
    }
    at = skip_value(message, at);
    if (at == nullptr) return nullptr;
    at = skip_blanks(at);
    if (at >= message.last) return nullptr;
    if (*at == closing) return at + 1;
    if (*at != ',') return nullptr;
    at = skip_blanks(at + 1);
  }
}

}  // namespace

const char* read_escaped_text(FastMessage& message, const char* at, std::string_view& text) {
  // No escape stands for more bytes than it is spelt with.
  const auto most = static_cast<std::size_t>(message.last - at);
  if (message.unescaped.size() < most) message.unescaped.resize(most);
  char* to = message.unescaped.data();
  for (;;) {
    const TextEnd end = find_text_end(at, message.last);
    message.has_high |= end.has_high;
    if (end.at >= message.last) return nullptr;
    to = std::copy(at, end.at, to);
    if (*end.at == '"') {
      text = {message.unescaped.data(), to};
      return end.at + 1;
    }
    if (*end.at != '\\') return nullptr;
    at = read_escape(end.at, to);
    if (at == nullptr || at >= message.last) return nullptr;
  }
}

const char* skip_value(FastMessage& message, const char* at) {
  switch (*at) {
    case '"': return skip_text(message, at + 1);
    case '{': return skip_inside(message, at + 1, '}');
    case '[': return skip_inside(message, at + 1, ']');
    case 't': return std::memcmp(at, "true", 4) == 0 ? at + 4 : nullptr;
    case 'f': return std::memcmp(at, "false", 5) == 0 ? at + 5 : nullptr;
    case 'n': return std::memcmp(at, "null", 4) == 0 ? at + 4 : nullptr;
    default: {
      ScannedNumber number;
      return scan_number(at, number);
    }
  }
}

}  // namespace penstock::json
