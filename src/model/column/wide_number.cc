#include "model/column/wide_number.h"

#include <cmath>
#include <cstring>

#include "model/column/decimal_text.h"

namespace penstock {

template <int bits, Sign sign>
Fit WideNumberColumn<bits, sign>::put_real(double value) {
  constexpr double kFar = 0x1p256;  // also refuses what is no number
  if (!(std::abs(value) <= kFar) || value != std::trunc(value)) return Fit::out_of_range;
  constexpr int kDigits = 53;
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  if (exponent <= kDigits) return put_big(static_cast<std::int64_t>(value));
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, kDigits));
  return put_big(BigInteger(mantissa).shifted(static_cast<unsigned>(exponent - kDigits)));
}

template <int bits, Sign sign>
Fit WideNumberColumn<bits, sign>::put_text(std::string_view value) {
  constexpr int kMostDigits = 78;  // of 2^256
  BigInteger number;
  const Fit fit = read_decimal(value, kMostDigits, 0, number);
  return fit == Fit::ok ? put_big(number) : fit;
}

template <int bits, Sign sign>
Fit WideNumberColumn<bits, sign>::put_bytes(std::string_view value) {
  std::array<std::uint64_t, static_cast<std::size_t>(bits / 64)> number;
  if (value.size() != sizeof(number)) return put_text(value);
  std::memcpy(number.data(), value.data(), sizeof(number));
  return this->take(number);
}

template <int bits, Sign sign>
Result<std::unique_ptr<Column>> make_wide_number(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<WideNumberColumn<bits, sign>>());
}

template class WideNumberColumn<128, Sign::two_sided>;
template class WideNumberColumn<128, Sign::none>;
template class WideNumberColumn<256, Sign::two_sided>;
template class WideNumberColumn<256, Sign::none>;
template Result<std::unique_ptr<Column>> make_wide_number<128, Sign::two_sided>(const Type&);
template Result<std::unique_ptr<Column>> make_wide_number<128, Sign::none>(const Type&);
template Result<std::unique_ptr<Column>> make_wide_number<256, Sign::two_sided>(const Type&);
template Result<std::unique_ptr<Column>> make_wide_number<256, Sign::none>(const Type&);

}  // namespace penstock
