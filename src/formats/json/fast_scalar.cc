#include "formats/json/fast_scalar.h"

#include <fast_float/fast_float.h>

namespace penstock::json {

// The middle of fast_float's from_chars, without reading the digits a second time.
template <class T>
bool nearest_real(const ScannedNumber& number, T& value) {
  if (number.too_many_digits) return false;
  using Real = fast_float::binary_format<T>;
  const auto found = fast_float::compute_float<Real>(number.exponent, number.digits);
  const bool is_sure = found.power2 >= 0 && found.power2 < Real::infinite_power();
  if (!is_sure) return false;
  fast_float::to_float(number.negative, found, value);
  return true;
}

template bool nearest_real(const ScannedNumber&, float&);
template bool nearest_real(const ScannedNumber&, double&);

}  // namespace penstock::json
