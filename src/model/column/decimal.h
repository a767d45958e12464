#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <type_traits>

#include "model/column/decimal_text.h"
#include "model/column/fixed_width.h"
#include "model/column/plain_decimal.h"
#include "model/column/wide_integer.h"

namespace penstock {

/// Decimal(P, S), a whole number of 10^-S of at most P digits. Digits that have
/// no place are out_of_range, never rounded away; a binary real is wrong_type,
/// because the number that was meant is no longer known.
///
/// T by precision: std::int32_t to 9, std::int64_t to 18, Int128 to 38.
template <class T>
class DecimalColumn final : public FixedWidthColumn<T> {
 public:
  DecimalColumn(int precision, int scale)
      : precision_(precision), scale_(scale), beyond_(power_of_ten<T>(precision)) {}

  Fit put_int(std::int64_t value) override { return put_decimal(value, 0); }
  Fit put_uint(std::uint64_t value) override { return put_scaled(value, scale_); }
  /// By integers only.
  Fit put_decimal(std::int64_t unscaled, int scale) override {
    if (scale > scale_) return put_finer(unscaled, scale - scale_);
    return put_scaled(unscaled, scale_ - scale);
  }
  Fit put_text(std::string_view value) override {
    PlainDecimal number;
    return read_plain_decimal(value, number) ? put_decimal(number.unscaled, number.scale)
                                             : put_any_text(value);
  }
  Fit put_number(std::string_view digits) override { return put_text(digits); }
  bool wants_digits() const noexcept override { return true; }

 private:
  /// 10^0, 10^1 … to the largest scale of the type.
  static constexpr auto kPowers = [] {
    using Power = std::conditional_t<sizeof(T) < sizeof(Int128), std::int64_t, Int128>;
    std::array<Power, sizeof(T) < sizeof(Int128) ? 19 : 39> powers{};
    Power power = 1;
    for (std::size_t at = 0; at < powers.size(); ++at) {
      powers[at] = power;
      if (at + 1 < powers.size()) power *= 10;
    }
    return powers;
  }();

  /// value x 10^power.
  Fit put_scaled(std::integral auto value, int power) {
    T number{};
    if (__builtin_mul_overflow(value, kPowers[static_cast<std::size_t>(power)], &number) ||
        number >= beyond_ || number <= -beyond_) {
      return Fit::out_of_range;
    }
    return this->take(number);
  }
  /// unscaled x 10^-power, where that leaves no remainder.
  Fit put_finer(std::int64_t unscaled, int power);
  Fit put_any_text(std::string_view value);

  const int precision_;
  const int scale_;
  const T beyond_;  // 10^precision
};

/// Decimal, Decimal(P) and Decimal(P, S).
Result<std::unique_ptr<Column>> make_decimal(const Type& type);

/// Decimal32(S), Decimal64(S), Decimal128(S), Decimal256(S): the precision is in the name.
template <int precision>
Result<std::unique_ptr<Column>> make_decimal_of(const Type& type);

}  // namespace penstock
