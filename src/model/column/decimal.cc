#include "model/column/decimal.h"

#include <algorithm>

#include "model/column/type_literal.h"
#include "model/column/wide_decimal.h"

namespace penstock {
namespace {

template <class C>
std::unique_ptr<Column> make_width(int precision, int scale) {
  return std::make_unique<C>(precision, scale);
}

/// The narrowest storage that holds the precision, as ClickHouse chooses it.
struct Width {
  int precision;
  std::unique_ptr<Column> (*make)(int precision, int scale);
};

constexpr Width kWidths[] = {
    {9, make_width<DecimalColumn<std::int32_t>>},
    {18, make_width<DecimalColumn<std::int64_t>>},
    {38, make_width<DecimalColumn<Int128>>},
    {76, make_width<WideDecimalColumn>},
};
constexpr int kMostPrecision = std::end(kWidths)[-1].precision;

std::unique_ptr<Column> make_sized(int precision, int scale) {
  const auto* width = std::ranges::lower_bound(kWidths, precision, {}, &Width::precision);
  return width->make(precision, scale);
}

}  // namespace

template <class T>
Fit DecimalColumn<T>::put_finer(std::int64_t unscaled, int power) {
  constexpr int kMostPower = 18;  // of ten, in 64 bits
  if (unscaled == 0) return put_scaled(unscaled, 0);
  if (power > kMostPower) return Fit::out_of_range;
  const auto divisor = power_of_ten<std::int64_t>(power);
  return unscaled % divisor == 0 ? put_scaled(unscaled / divisor, 0) : Fit::out_of_range;
}

template <class T>
Fit DecimalColumn<T>::put_any_text(std::string_view value) {
  T number{};
  const Fit fit = read_decimal(value, precision_, scale_, number);
  return fit == Fit::ok ? this->take(number) : fit;
}

template class DecimalColumn<std::int32_t>;
template class DecimalColumn<std::int64_t>;
template class DecimalColumn<Int128>;

Result<std::unique_ptr<Column>> make_decimal(const Type& type) {
  if (type.literals.empty()) return make_sized(10, 0);
  PENSTOCK_TRY(precision, literal_number(type, 0, 1, kMostPrecision));
  if (type.literals.size() == 1) return make_sized(precision, 0);
  PENSTOCK_TRY(scale, literal_number(type, 1, 0, precision));
  return make_sized(precision, scale);
}

template <int precision>
Result<std::unique_ptr<Column>> make_decimal_of(const Type& type) {
  PENSTOCK_TRY(scale, literal_number(type, 0, 0, precision));
  return make_sized(precision, scale);
}

template Result<std::unique_ptr<Column>> make_decimal_of<9>(const Type&);
template Result<std::unique_ptr<Column>> make_decimal_of<18>(const Type&);
template Result<std::unique_ptr<Column>> make_decimal_of<38>(const Type&);
template Result<std::unique_ptr<Column>> make_decimal_of<76>(const Type&);

}  // namespace penstock
