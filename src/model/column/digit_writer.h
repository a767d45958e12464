#pragma once

#include <cstdint>

namespace penstock {

/// Exactly `width` digits; returns the place after them.
inline char* write_digits(char* at, std::uint64_t number, int width) {
  for (char* digit = at + width; digit > at; number /= 10) {
    *--digit = static_cast<char>('0' + number % 10);
  }
  return at + width;
}

inline char* write_digits_after(char* at, char separator, std::uint64_t number, int width) {
  *at = separator;
  return write_digits(at + 1, number, width);
}

}  // namespace penstock
