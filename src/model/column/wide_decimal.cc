#include "model/column/wide_decimal.h"

#include "model/column/decimal_text.h"

namespace penstock {

WideDecimalColumn::WideDecimalColumn(int precision, int scale)
    : precision_(precision), scale_(scale), beyond_(power_of_ten<BigInteger>(precision)) {}

Fit WideDecimalColumn::put_text(std::string_view value) {
  BigInteger number;
  const Fit fit = read_decimal(value, precision_, scale_, number);
  return fit == Fit::ok ? take(number.low<4>()) : fit;
}

Fit WideDecimalColumn::put_scaled(const BigInteger& value, int power) {
  const BigInteger number = value * power_of_ten<BigInteger>(power);
  if (number >= beyond_ || number <= -beyond_) return Fit::out_of_range;
  return take(number.low<4>());
}

}  // namespace penstock
