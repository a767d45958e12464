#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string_view>
#include <system_error>
#include <type_traits>

#include "formats/json/fast_message.h"
#include "formats/json/scanned_number.h"
#include "model/column/decimal.h"
#include "model/column/number.h"

namespace penstock::json {

/// The real nearest to the number; false where only its text can tell. T: float, double.
template <class T>
bool nearest_real(const ScannedNumber& number, T& value);

/// The real nearest to the number that `text` spells; false where there is none.
template <class T>
[[gnu::always_inline]] inline bool as_real(const ScannedNumber& number, std::string_view text,
                                           T& value) {
  // Both factors are exact in T, so one operation rounds correctly
  // (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990).
  constexpr std::uint64_t kMostExactDigits = std::uint64_t{1} << std::numeric_limits<T>::digits;
  constexpr auto& kExactPowers = kPowersOfTen<T>;
  const bool is_exact = !number.too_many_digits && number.digits <= kMostExactDigits &&
                        number.exponent <= 0 && number.exponent > -std::ssize(kExactPowers);
  if (is_exact) {
    value = static_cast<T>(number.digits) / kExactPowers[-number.exponent];
    if (number.negative) value = -value;
    return true;
  }
  if (nearest_real(number, value)) return true;
  return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
}

template <class C>
inline constexpr bool kTakesDecimals = false;
template <class T>
inline constexpr bool kTakesDecimals<DecimalColumn<T>> = true;

/// A number with a fraction or an exponent: only floats take it rounded.
template <std::floating_point T>
[[gnu::always_inline]] inline Fit put_fraction(const ScannedNumber& number, std::string_view text,
                                               NumberColumn<T>& into) {
  T value = 0;
  return as_real(number, text, value) ? into.put_real(value) : into.put_number(text);
}
template <class C>
Fit put_fraction(const ScannedNumber& /*number*/, std::string_view text, C& into) {
  return into.put_number(text);
}

/// The plain path's put_number(), for a column whose class is known.
template <class C>
[[gnu::always_inline]] inline Fit put_scanned(const ScannedNumber& number, std::string_view text,
                                              C& into) {
  constexpr std::uint64_t kMostPositive = std::numeric_limits<std::int64_t>::max();
  if constexpr (kTakesDecimals<C>) {
    const bool is_plain = !number.too_many_digits && number.digits - 1 < kMostPositive &&
                          number.exponent <= 0 && number.exponent >= -C::kMostScale;
    if (!is_plain) return into.put_number(text);
    const auto digits = static_cast<std::int64_t>(number.digits);
    return into.put_decimal(number.negative ? -digits : digits, -number.exponent);
  }
  if (!number.is_integer) return put_fraction(number, text, into);
  if constexpr (!std::is_same_v<C, NumberColumn<float>>) {
    if (into.wants_digits()) return into.put_number(text);
  }
  std::uint64_t digits = number.digits;
  if (number.too_many_digits) {
    const char* const end = text.data() + text.size();
    if (std::from_chars(text.data(), end, digits).ec != std::errc()) return into.put_number(text);
  }
  if (!number.negative) {
    return digits <= kMostPositive ? into.put_int(static_cast<std::int64_t>(digits))
                                   : into.put_uint(digits);
  }
  if (digits == 0 || digits > kMostPositive + 1) return into.put_number(text);
  return into.put_int(static_cast<std::int64_t>(0 - digits));
}

/// true, false, null, and containers as JSON.
template <class C>
const char* read_other_scalar(FastMessage& message, const char* at, C& into) {
  const char* const end = skip_value(message, at);
  if (end == nullptr) return nullptr;
  Fit fit = Fit::wrong_type;
  switch (*at) {
    case 't': fit = into.put_bool(true); break;
    case 'f': fit = into.put_bool(false); break;
    case 'n': fit = into.put_null(); break;
    default: fit = into.put_json({at, static_cast<std::size_t>(end - at)}); break;
  }
  return fit == Fit::ok ? end : nullptr;
}

/// A value for a column that takes one value: see ValueReader::read().
template <class C>
const char* read_scalar(FastMessage& message, const char* at, C& into) {
  if (*at == '"') {
    std::string_view text;
    at = read_text(message, at + 1, text);
    return at != nullptr && into.put_text(text) == Fit::ok ? at : nullptr;
  }
  if (*at <= '9') {
    ScannedNumber number;
    const char* const end = scan_number(at, number);
    if (end == nullptr) return nullptr;
    const std::string_view text(at, static_cast<std::size_t>(end - at));
    return put_scanned(number, text, into) == Fit::ok ? end : nullptr;
  }
  return read_other_scalar(message, at, into);
}

}  // namespace penstock::json
