#include "formats/json/fast_scalar.h"

#include <fast_float/fast_float.h>

namespace penstock::json {

// The middle of fast_float's from_chars, without reading the digits a second time.
bool nearest_double(const ScannedNumber& number, double& value) {
  if (number.too_many_digits) return false;
  using Double = fast_float::binary_format<double>;
  const auto found = fast_float::compute_float<Double>(number.exponent, number.digits);
  const bool is_sure = found.power2 >= 0 && found.power2 < Double::infinite_power();
  if (!is_sure) return false;
  fast_float::to_float(number.negative, found, value);
  return true;
}

}  // namespace penstock::json
