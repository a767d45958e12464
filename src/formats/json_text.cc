#include "formats/json_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "formats/utf8.h"

namespace penstock {
namespace {

constexpr std::size_t kNumberBytes = 32;
constexpr std::string_view kHexDigits = "0123456789abcdef";

/// Stands in quotes as it is.
bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += kHexDigits[byte >> 4];
  out += kHexDigits[byte & 15];
}

}  // namespace

void JsonText::clear() {
  out_.clear();
  follows_value_ = false;
}

void JsonText::put_int(std::int64_t value) {
  char buffer[kNumberBytes];
  put_token({buffer, std::to_chars(buffer, buffer + sizeof(buffer), value).ptr});
}

void JsonText::put_uint(std::uint64_t value) {
  char buffer[kNumberBytes];
  put_token({buffer, std::to_chars(buffer, buffer + sizeof(buffer), value).ptr});
}

void JsonText::put_real(float value) { spell_real(value); }
void JsonText::put_real(double value) { spell_real(value); }

template <class T>
void JsonText::spell_real(T value) {
  if (std::isnan(value)) return put_token("\"nan\"");
  if (std::isinf(value)) return put_token(value < 0 ? "\"-inf\"" : "\"inf\"");
  char buffer[kNumberBytes];
  const std::string_view digits(buffer, std::to_chars(buffer, buffer + sizeof(buffer), value).ptr);
  put_token(digits);
  if (digits.find_first_of(".e") == std::string_view::npos) out_ += ".0";
}

void JsonText::put_text(std::string_view value) {
  separate();
  quote(value);
  follows_value_ = true;
}

void JsonText::put_key(std::string_view key) {
  separate();
  quote(key);
  out_ += ':';
  follows_value_ = false;
}

void JsonText::separate() {
  if (follows_value_) out_ += ',';
}

void JsonText::begin(char bracket) {
  separate();
  out_ += bracket;
  follows_value_ = false;
}

void JsonText::end(char bracket) {
  out_ += bracket;
  follows_value_ = true;
}

void JsonText::put_token(std::string_view token) {
  separate();
  out_ += token;
  follows_value_ = true;
}

void JsonText::quote(std::string_view value) {
  out_ += '"';
  while (!value.empty()) {
    const auto plain =
        static_cast<std::size_t>(std::ranges::find_if_not(value, is_plain) - value.begin());
    out_ += value.substr(0, plain);
    value.remove_prefix(plain);
    if (value.empty()) break;
    const std::size_t bytes = utf8_character_bytes(value);
    if (bytes > 1) {
      out_ += value.substr(0, bytes);
    } else {
      append_escape(out_, value.front());
    }
    value.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  out_ += '"';
}

}  // namespace penstock
