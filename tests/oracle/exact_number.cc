#include "exact_number.h"

#include <charconv>
#include <cstdint>

namespace penstock::oracle {

std::string exact_number(std::string_view text) {
  while (!text.empty() && (text.front() == '"' || text.front() == ' ')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '"' || text.back() == ' ')) text.remove_suffix(1);
  std::string sign;
  if (text.starts_with('-') || text.starts_with('+')) {
    if (text.front() == '-') sign = "-";
    text.remove_prefix(1);
  }
  std::string digits;
  std::int64_t power = 0;
  bool behind_point = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !behind_point) {
      behind_point = true;
    } else if (text[at] >= '0' && text[at] <= '9') {
      digits += text[at];
      power -= behind_point ? 1 : 0;
    } else {
      break;
    }
  }
  if (digits.empty()) return {};
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return {};
    std::string_view exponent = text.substr(at + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    std::int64_t shift = 0;
    const auto [end, problem] =
        std::from_chars(exponent.data(), exponent.data() + exponent.size(), shift);
    if (problem != std::errc{} || end != exponent.data() + exponent.size()) return {};
    power += shift;
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return "0e0";
  while (digits.back() == '0') {
    digits.pop_back();
    ++power;
  }
  return sign + digits + "e" + std::to_string(power);
}

std::size_t count_number(std::string_view text, std::string_view number) {
  std::size_t count = 0;
  constexpr std::string_view kInNumbers = "0123456789+-.eE";
  const std::string wanted = exact_number(number);
  if (wanted.empty()) return 0;
  for (std::size_t at = text.find_first_of(kInNumbers); at != text.npos;
       at = text.find_first_of(kInNumbers, at)) {
    const std::size_t end = std::min(text.find_first_not_of(kInNumbers, at), text.size());
    if (exact_number(text.substr(at, end - at)) == wanted) ++count;
    at = end;
  }
  return count;
}

}  // namespace penstock::oracle
