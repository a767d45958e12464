#pragma once

#include <charconv>

namespace penstock {

/// The double with the digits a float was meant to have: 0.1, not 0.10000000149011612.
inline double as_meant(float value) {
  char digits[32];
  const char* const end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  double meant = value;
  std::from_chars(digits, end, meant);
  return meant;
}

}  // namespace penstock
