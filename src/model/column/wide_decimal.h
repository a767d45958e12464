#pragma once

#include <array>
#include <cstdint>

#include "model/column/big_integer.h"
#include "model/column/fixed_width.h"

namespace penstock {

/// Decimal(P, S) with P from 39 to 76: the rules of DecimalColumn in 256 bits.
class WideDecimalColumn final : public FixedWidthColumn<std::array<std::uint64_t, 4>> {
 public:
  WideDecimalColumn(int precision, int scale);

  Fit put_int(std::int64_t value) override { return put_scaled(value, scale_); }
  Fit put_uint(std::uint64_t value) override { return put_scaled(value, scale_); }
  Fit put_decimal(std::int64_t unscaled, int scale) override {
    if (scale > scale_) return put_spelt(unscaled, scale);
    return put_scaled(unscaled, scale_ - scale);
  }
  Fit put_text(std::string_view value) override;
  Fit put_number(std::string_view digits) override { return put_text(digits); }
  bool wants_digits() const noexcept override { return true; }

 private:
  /// value x 10^power.
  Fit put_scaled(const BigInteger& value, int power);

  const int precision_;
  const int scale_;
  const BigInteger beyond_;  // 10^precision
};

}  // namespace penstock
