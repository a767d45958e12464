#include "formats/json/number.h"

#include <charconv>
#include <limits>
#include <system_error>

namespace penstock::json {
namespace {

constexpr std::uint64_t kMostPositive = std::numeric_limits<std::int64_t>::max();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

const char* skip_digits(const char* at, const char* end) {
  while (at != end && is_digit(*at)) ++at;
  return at;
}

/// Checks what may follow the integer part: a fraction, an exponent, both.
bool is_fraction_and_exponent(const char* at, const char* end) {
  if (at != end && *at == '.') {
    const char* digits = ++at;
    at = skip_digits(at, end);
    if (at == digits) return false;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    const char* digits = at;
    at = skip_digits(at, end);
    if (at == digits) return false;
  }
  return at == end;
}

Number fit_integer(std::string_view digits, bool negative) {
  // 19 digits never overflow 64 bits, 20 may, more always do: JSON has no leading zeros.
  if (digits.size() > 20) return {Number::Kind::digits};
  std::uint64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc()) return {Number::Kind::digits};
  if (!negative) {
    if (value > kMostPositive) return {Number::Kind::large_integer, 0, value};
    return {Number::Kind::integer, static_cast<std::int64_t>(value), 0};
  }
  if (value == 0 || value > kMostPositive + 1) return {Number::Kind::digits};
  return {Number::Kind::integer, static_cast<std::int64_t>(0 - value), 0};
}

}  // namespace

Number read_number(std::string_view token) {
  const char* at = token.data();
  const char* const end = at + token.size();
  const bool negative = at != end && *at == '-';
  if (negative) ++at;
  const char* const digits = at;
  at = skip_digits(at, end);
  const auto count = static_cast<std::size_t>(at - digits);
  if (count == 0 || (count > 1 && *digits == '0')) return {};
  if (at == end) return fit_integer({digits, count}, negative);
  return is_fraction_and_exponent(at, end) ? Number{Number::Kind::real} : Number{};
}

Fit put_number(const Number& number, std::string_view token, ColumnWriter& into) {
  if (into.wants_digits()) return into.put_number(token);
  switch (number.kind) {
    case Number::Kind::integer: return into.put_int(number.integer);
    case Number::Kind::large_integer: return into.put_uint(number.unsigned_integer);
    default: return into.put_number(token);  // a double may round
  }
}

}  // namespace penstock::json
