#include "model/column/decimal_text.h"

#include <algorithm>
#include <cstdint>

#include "model/column/big_integer.h"
#include "model/column/wide_integer.h"

namespace penstock {
namespace {

// Beyond any precision; keeps sums of exponents far from overflow.
constexpr int kFarExponent = 1'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The parts of "-12.50e3": negative, "12", "50", 3.
struct Parts {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  int exponent = 0;
};

std::string_view take_digits(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_digit);
  const std::string_view digits(text.begin(), end);
  text.remove_prefix(digits.size());
  return digits;
}

bool take_sign(std::string_view& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  return negative;
}

bool split(std::string_view text, Parts& parts) {
  parts.negative = take_sign(text);
  parts.whole = take_digits(text);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    parts.fraction = take_digits(text);
  }
  if (parts.whole.empty() && parts.fraction.empty()) return false;
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  const bool negative = take_sign(text);
  const std::string_view digits = take_digits(text);
  if (digits.empty() || !text.empty()) return false;
  for (const char c : digits) {
    parts.exponent = std::min(parts.exponent * 10 + (c - '0'), kFarExponent);
  }
  if (negative) parts.exponent = -parts.exponent;
  return true;
}

/// Gathers digits, each with the power of ten it stands for in units of the
/// result, from the highest down.
template <class T>
class Sum {
 public:
  explicit Sum(int precision) : precision_(precision) {}

  bool add(std::string_view digits, std::ptrdiff_t power) {
    for (const char c : digits) {
      const int digit = c - '0';
      if (digit != 0 && (power < 0 || power >= precision_)) return false;
      if (value_ != 0 && power >= 0) value_ *= 10;
      value_ += static_cast<T>(digit);
      if (value_ != 0 && power >= 0) lowest_power_ = power;
      --power;
    }
    return true;
  }

  /// Fills up with the zeros that were not written: 1e3.
  T total() const { return value_ * power_of_ten<T>(static_cast<int>(lowest_power_)); }

 private:
  const int precision_;
  T value_ = 0;
  std::ptrdiff_t lowest_power_ = 0;
};

}  // namespace

template <class T>
Fit read_decimal(std::string_view text, int precision, int scale, T& into) {
  Parts parts;
  if (!split(text, parts)) return Fit::unreadable;
  Sum<T> sum(precision);
  const std::ptrdiff_t point = static_cast<std::ptrdiff_t>(scale) + parts.exponent;
  const bool fits =
      sum.add(parts.whole, point + static_cast<std::ptrdiff_t>(parts.whole.size()) - 1) &&
      sum.add(parts.fraction, point - 1);
  if (!fits) return Fit::out_of_range;
  into = parts.negative ? -sum.total() : sum.total();
  return Fit::ok;
}

template Fit read_decimal(std::string_view, int, int, std::int32_t&);
template Fit read_decimal(std::string_view, int, int, std::int64_t&);
template Fit read_decimal(std::string_view, int, int, Int128&);
template Fit read_decimal(std::string_view, int, int, BigInteger&);

}  // namespace penstock
