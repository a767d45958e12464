#include "model/column/real_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace penstock {

std::string_view real_text(double value, RealBuffer& buffer) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  const double size = std::abs(value);
  const bool plain = size == 0 || (size >= 1e-6 && size < 1e21);
  const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
  char* end = std::to_chars(buffer, buffer + sizeof(buffer), value, format).ptr;
  if (!plain) {
    char* exponent = std::find(buffer, end, 'e') + 1;
    char* digits = exponent;
    if (*digits == '-') ++exponent;
    if (*digits == '-' || *digits == '+') ++digits;
    while (*digits == '0') ++digits;
    end = std::copy(digits, end, exponent);
  }
  return {buffer, end};
}

}  // namespace penstock
