#pragma once

#include <algorithm>
#include <concepts>
#include <memory>

#include "model/column/decimal_text.h"
#include "model/column/fixed_width.h"
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
      : precision_(precision),
        scale_(scale),
        unit_(power_of_ten<T>(scale)),
        limit_(power_of_ten<Int128>(std::min(precision - scale, kDigitsOf64Bits))) {}

  Fit put_int(std::int64_t value) override { return put_whole(value); }
  Fit put_uint(std::uint64_t value) override { return put_whole(value); }
  Fit put_text(std::string_view value) override {
    T number{};
    const Fit fit = read_decimal(value, precision_, scale_, number);
    return fit == Fit::ok ? this->take(number) : fit;
  }
  Fit put_number(std::string_view digits) override { return put_text(digits); }
  bool wants_digits() const noexcept override { return true; }

 private:
  static constexpr int kDigitsOf64Bits = 20;

  Fit put_whole(Int128 value) {
    if (value >= limit_ || value <= -limit_) return Fit::out_of_range;
    return this->take(static_cast<T>(value) * unit_);
  }

  const int precision_;
  const int scale_;
  const T unit_;
  const Int128 limit_;  // of the whole part
};

/// Decimal, Decimal(P) and Decimal(P, S).
Result<std::unique_ptr<Column>> make_decimal(const Type& type);

/// Decimal32(S), Decimal64(S), Decimal128(S): the precision is in the name.
template <int precision>
Result<std::unique_ptr<Column>> make_decimal_of(const Type& type);

}  // namespace penstock
