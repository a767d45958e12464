#include "model/column/number.h"

#include <fast_float/fast_float.h>
#include <charconv>

#include "model/column/decimal_text.h"
#include "model/column/wide_integer.h"

namespace penstock {
namespace {

std::string_view without_plus(std::string_view text) {
  const bool plus = text.starts_with('+') && !text.starts_with("+-");
  return plus ? text.substr(1) : text;
}

/// The spellings from_chars does not know: 1.0, 1e3, -0 for an unsigned one.
/// Also tells what is too large from what is no number.
template <std::integral T>
Fit read_spelt_integer(std::string_view text, T& into) {
  constexpr int kDigitsOf64Bits = 20;
  Int128 wide = 0;
  const Fit fit = read_decimal(text, kDigitsOf64Bits, 0, wide);
  if (fit != Fit::ok) return fit;
  if (wide < std::numeric_limits<T>::min() || wide > std::numeric_limits<T>::max()) {
    return Fit::out_of_range;
  }
  into = static_cast<T>(wide);
  return Fit::ok;
}

template <std::integral T>
Fit read_any(std::string_view text, T& into) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc{} || stop != end) return read_spelt_integer(text, into);
  into = value;
  return Fit::ok;
}

template <std::floating_point T>
Fit read_any(std::string_view text, T& into) {
  text = without_plus(text);
  T value{};
  const char* end = text.data() + text.size();
  const auto [stop, problem] = fast_float::from_chars(text.data(), end, value);
  if (stop != end || problem == std::errc::invalid_argument) return Fit::unreadable;
  const bool is_too_large =
      std::isinf(value) && text.find_first_of("0123456789") != std::string_view::npos;
  if (is_too_large) return Fit::out_of_range;
  into = value;
  return Fit::ok;
}

}  // namespace

template <class T>
Fit read_number(std::string_view text, T& into) {
  return read_any(text, into);
}

template <class T>
Result<std::unique_ptr<Column>> make_number(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<NumberColumn<T>>());
}

template Fit read_number(std::string_view, std::int8_t&);
template Fit read_number(std::string_view, std::int16_t&);
template Fit read_number(std::string_view, std::int32_t&);
template Fit read_number(std::string_view, std::int64_t&);
template Fit read_number(std::string_view, std::uint8_t&);
template Fit read_number(std::string_view, std::uint16_t&);
template Fit read_number(std::string_view, std::uint32_t&);
template Fit read_number(std::string_view, std::uint64_t&);
template Fit read_number(std::string_view, float&);
template Fit read_number(std::string_view, double&);

template Result<std::unique_ptr<Column>> make_number<std::int8_t>(const Type&);
template Result<std::unique_ptr<Column>> make_number<std::int16_t>(const Type&);
template Result<std::unique_ptr<Column>> make_number<std::int32_t>(const Type&);
template Result<std::unique_ptr<Column>> make_number<std::int64_t>(const Type&);
template Result<std::unique_ptr<Column>> make_number<std::uint8_t>(const Type&);
template Result<std::unique_ptr<Column>> make_number<std::uint16_t>(const Type&);
template Result<std::unique_ptr<Column>> make_number<std::uint32_t>(const Type&);
template Result<std::unique_ptr<Column>> make_number<std::uint64_t>(const Type&);
template Result<std::unique_ptr<Column>> make_number<float>(const Type&);
template Result<std::unique_ptr<Column>> make_number<double>(const Type&);

}  // namespace penstock
