#pragma once

#include <string_view>

#include "model/column_writer.h"

namespace penstock {

/// Reads "-12.50", "+.5" or "1.25e3" exactly, as a whole number of 10^-scale.
///
/// The digits must leave no remainder there and the result must have at most
/// `precision` digits: otherwise out_of_range. Text before or after the number,
/// blanks too, makes it unreadable. `into` changes only on Fit::ok.
///
/// T holds 10^precision: std::int32_t (up to 9), std::int64_t (18), Int128 (38),
/// BigInteger (78).
template <class T>
Fit read_decimal(std::string_view text, int precision, int scale, T& into);

/// 10^exponent, exponent >= 0.
template <class T>
constexpr T power_of_ten(int exponent) {
  T power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

}  // namespace penstock
