#include "model/column/real_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace penstock {
namespace {

/// From here on to_chars writes digits in the plain form that the shortest text does not need.
constexpr double kNotEveryInteger = 9007199254740992;  // 2^53

/// "1.5e+07" to "1.5e7". Gives the new end.
char* without_zeros(char* first, char* end) {
  char* exponent = std::find(first, end, 'e') + 1;
  char* digits = exponent;
  if (*digits == '-') ++exponent;
  if (*digits == '-' || *digits == '+') ++digits;
  while (*digits == '0') ++digits;
  return std::copy(digits, end, exponent);
}

/// "1.5e+07" to "15000000", of a whole number. Gives the new end.
char* written_out(char* first, char* end) {
  char* const exponent = std::find(first, end, 'e');
  int zeros = 0;
  std::from_chars(exponent + 2, end, zeros);
  char* const point = std::find(first, exponent, '.');
  if (point == exponent) return std::fill_n(exponent, zeros, '0');
  zeros -= static_cast<int>(exponent - point - 1);
  return std::fill_n(std::copy(point + 1, exponent, point), zeros, '0');
}

}  // namespace

std::string_view real_text(double value, RealBuffer& buffer) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  const double size = std::abs(value);
  const bool plain = size == 0 || (size >= 1e-6 && size < 1e21);
  const bool fixed = plain && size < kNotEveryInteger;
  const auto format = fixed ? std::chars_format::fixed : std::chars_format::scientific;
  char* const end = std::to_chars(buffer, buffer + sizeof(buffer), value, format).ptr;
  if (fixed) return {buffer, end};
  return {buffer, plain ? written_out(buffer, end) : without_zeros(buffer, end)};
}

}  // namespace penstock
