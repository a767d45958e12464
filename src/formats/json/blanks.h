#pragma once

#include <string_view>

namespace penstock::json {

/// What JSON allows between its tokens (RFC 8259, section 2).
constexpr bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// The first character from `at` on that is no blank. One must follow.
inline const char* skip_blanks(const char* at) {
  while (is_blank(*at)) ++at;
  return at;
}

inline std::string_view without_leading_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

inline std::string_view without_trailing_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace penstock::json
