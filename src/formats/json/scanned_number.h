#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "model/column/swar.h"

namespace penstock::json {

/// A number as it was passed over, its digits in binary.
///
/// The value is `digits` x 10^`exponent`, negated if so marked, unless it has
/// `too_many_digits`: then only its text tells.
struct ScannedNumber {
  std::uint64_t digits = 0;
  std::int32_t exponent = 0;
  bool negative = false;
  bool is_integer = true;  // neither fraction nor exponent
  bool too_many_digits = false;
};

namespace number_scan {

/// How many of the eight bytes are digits before the first that is none.
inline unsigned leading_digits(std::uint64_t bytes) {
  const std::uint64_t above = bytes + 0x4646464646464646u;
  const std::uint64_t below = bytes - swar::kZeros;
  const std::uint64_t others = (above | below) & 0x8080808080808080u;
  // A borrow or carry only ever spoils bytes behind the first that is no digit.
  return others == 0 ? 8 : static_cast<unsigned>(std::countr_zero(others)) / 8;
}

/// The value of the first `count` (1 to 8) bytes, all of them digits.
inline std::uint64_t value_of_digits(std::uint64_t bytes, unsigned count) {
  return swar::number_of((bytes - swar::kZeros) << (64 - 8 * count));  // zeros in front
}

inline constexpr std::uint64_t kPowersOf10[] = {1,      10,      100,      1000,     10000,
                                                100000, 1000000, 10000000, 100000000};

/// Passes over the digits at `at` and appends them to `digits`, which wraps
/// round beyond 19 of them.
[[gnu::always_inline]] inline const char* scan_digits(const char* at, std::uint64_t& digits) {
  for (;;) {
    const std::uint64_t bytes = swar::load(at);
    const unsigned count = leading_digits(bytes);
    if (count == 0) return at;
    digits = digits * kPowersOf10[count] + value_of_digits(bytes, count);
    at += count;
    if (count < 8) return at;
  }
}

}  // namespace number_scan

/// Passes over the number that starts at `at`, spelt as JSON wants it. Reads up
/// to 8 bytes beyond its end. Null: it is none, or one for the plain path.
[[gnu::always_inline]] inline const char* scan_number(const char* at, ScannedNumber& number) {
  using namespace number_scan;
  constexpr std::ptrdiff_t kSureDigits = 19;  // never more than 64 bits hold
  number.negative = *at == '-';
  at += number.negative ? 1 : 0;
  const char* const first = at;
  at = scan_digits(at, number.digits);
  std::ptrdiff_t count = at - first;
  if (count == 0 || (count > 1 && *first == '0')) return nullptr;
  if (*at == '.') {
    const char* const fraction = ++at;
    at = scan_digits(at, number.digits);
    if (at == fraction) return nullptr;
    number.exponent = static_cast<std::int32_t>(fraction - at);
    number.is_integer = false;
    count += at - fraction;
  }
  number.too_many_digits = count > kSureDigits;
  if ((*at | 0x20) != 'e') return at;

  number.is_integer = false;
  const bool negative = *++at == '-';
  if (*at == '-' || *at == '+') ++at;
  const char* const exponent = at;
  std::uint64_t size = 0;
  at = scan_digits(at, size);
  if (at == exponent || at - exponent > 8) return nullptr;
  number.exponent += static_cast<std::int32_t>(negative ? -static_cast<std::int64_t>(size)
                                                        : static_cast<std::int64_t>(size));
  return at;
}

}  // namespace penstock::json
