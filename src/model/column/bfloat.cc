#include "model/column/bfloat.h"

#include <bit>
#include <cmath>

#include "model/column/number.h"

namespace penstock {

Fit BFloatColumn::put_real(double value) {
  const auto number = static_cast<float>(value);
  if (std::isinf(number) && !std::isinf(value)) return Fit::out_of_range;
  return take_upper(number);
}

Fit BFloatColumn::put_text(std::string_view value) {
  float number = 0;
  const Fit fit = read_number(value, number);
  return fit == Fit::ok ? take_upper(number) : fit;
}

Fit BFloatColumn::take_upper(float value) {
  // What makes a NaN one may lie in the lower half; this bit keeps it.
  constexpr std::uint16_t kQuiet = 0x40;
  const auto upper = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value) >> 16);
  return take(std::isnan(value) ? static_cast<std::uint16_t>(upper | kQuiet) : upper);
}

Result<std::unique_ptr<Column>> make_bfloat(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<BFloatColumn>());
}

}  // namespace penstock
