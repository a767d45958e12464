#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <utility>

#include "model/column/fixed_width.h"
#include "model/column/plain_decimal.h"

namespace penstock {

/// Reads a whole text as a number, as ClickHouse reads numbers in quotes: one
/// leading '+' is fine, blanks are not. An integer may be spelt 1.0 or 1e3; a
/// real may be "nan" or "inf". `into` changes only on Fit::ok.
///
/// T: [u]int8_t to [u]int64_t, float, double.
template <class T>
Fit read_number(std::string_view text, T& into);

/// The real as an integer, if it is one and T holds it: out_of_range otherwise.
template <std::integral T>
Fit exact_integer(double value, T& into) {
  constexpr auto kLowest = static_cast<double>(std::numeric_limits<T>::min());
  // One above the highest: max() of 64 bits itself is no double.
  constexpr T kHalf = std::numeric_limits<T>::max() / 2 + 1;
  constexpr double kBeyond = 2.0 * static_cast<double>(kHalf);
  if (!(value >= kLowest && value < kBeyond) || value != std::trunc(value))
    return Fit::out_of_range;
  into = static_cast<T>(value);
  return Fit::ok;
}

/// 10^0, 10^1 … as far as T, a real, holds them exactly.
template <std::floating_point T>
constexpr auto kPowersOfTen = [] {
  std::array<T, sizeof(T) == sizeof(double) ? 23 : 11> powers{};
  T power = 1;
  for (T& each : powers) {
    each = power;
    power *= 10;
  }
  return powers;
}();

/// Int8 to Int64, UInt8 to UInt64, Float32, Float64.
///
/// Integers take reals that are whole, and what does not fit is out_of_range.
/// Reals round, as is their nature, but a finite value never becomes infinite.
template <class T>
class NumberColumn final : public FixedWidthColumn<T> {
 public:
  Fit put_int(std::int64_t value) override { return put_any(value); }
  Fit put_uint(std::uint64_t value) override { return put_any(value); }
  Fit put_bool(bool value) override { return this->take(static_cast<T>(value)); }
  Fit put_real(double value) override {
    T number{};
    if constexpr (std::integral<T>) {
      if (exact_integer(value, number) != Fit::ok) return Fit::out_of_range;
    } else {
      number = static_cast<T>(value);
      if (std::isinf(number) && !std::isinf(value)) return Fit::out_of_range;
    }
    return this->take(number);
  }
  Fit put_number(std::string_view digits) override { return put_text(digits); }
  /// By way of a double a Float32 would be rounded twice.
  bool wants_digits() const noexcept override { return std::is_same_v<T, float>; }
  Fit put_text(std::string_view value) override {
    PlainDecimal number;
    T quotient{};
    if (!read_plain_decimal(value, number) || !divide_exactly(number, quotient)) {
      return put_any_text(value);
    }
    return this->take(quotient);
  }
  Fit put_decimal(std::int64_t unscaled, int scale) override {
    if (scale == 0) return put_int(unscaled);
    T quotient{};
    if (!divide_exactly({unscaled, scale}, quotient)) return this->put_spelt(unscaled, scale);
    return this->take(quotient);
  }

 private:
  /// False where that is not so simple: the caller reads the text instead.
  static bool divide_exactly(PlainDecimal number, T& quotient) {
    if constexpr (std::integral<T>) {
      quotient = static_cast<T>(number.unscaled);
      return number.scale == 0 && std::in_range<T>(number.unscaled);
    } else {
      // Both numbers are exact in T, and a quotient is rounded once. Not for zero: "-0"
      // has a sign.
      constexpr std::uint64_t kExact = std::uint64_t{1} << std::numeric_limits<T>::digits;
      const auto bits = static_cast<std::uint64_t>(number.unscaled);
      const std::uint64_t size = number.unscaled < 0 ? -bits : bits;
      if (size - 1 > kExact - 1 || number.scale >= std::ssize(kPowersOfTen<T>)) return false;
      quotient = static_cast<T>(number.unscaled) / kPowersOfTen<T>[number.scale];
      return true;
    }
  }
  Fit put_any_text(std::string_view value) {
    T number{};
    const Fit fit = read_number(value, number);
    return fit == Fit::ok ? this->take(number) : fit;
  }
  Fit put_any(std::integral auto value) {
    if constexpr (std::integral<T>) {
      if (!std::in_range<T>(value)) return Fit::out_of_range;
    }
    return this->take(static_cast<T>(value));
  }
};

template <class T>
Result<std::unique_ptr<Column>> make_number(const Type& type);

}  // namespace penstock
