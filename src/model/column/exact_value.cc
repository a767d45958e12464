#include "model/column/exact_value.h"

#include <bit>
#include <cmath>
#include <concepts>

#include "model/column/number.h"
#include "model/column/time_text.h"

namespace penstock {
namespace {

template <std::floating_point Real, std::integral T>
bool comes_back(T value) {
  T back{};
  return exact_integer(static_cast<double>(static_cast<Real>(value)), back) == Fit::ok &&
         back == value;
}

bool has_short_mantissa(float value) { return (std::bit_cast<std::uint32_t>(value) & 0xFFFF) == 0; }

template <std::integral T>
bool is_exact_integer_in(MemberFamily family, T value) {
  switch (family) {
    case MemberFamily::float64: return comes_back<double>(value);
    case MemberFamily::float32: return comes_back<float>(value);
    case MemberFamily::bfloat16:
      return comes_back<float>(value) && has_short_mantissa(static_cast<float>(value));
    default: return true;
  }
}

bool spells_number(std::string_view text) {
  double value = 0;
  return read_number(text, value) != Fit::unreadable;
}

}  // namespace

bool is_exact_in(const MemberTrial& trial, std::int64_t value) {
  return is_exact_integer_in(trial.family, value);
}

bool is_exact_in(const MemberTrial& trial, std::uint64_t value) {
  return is_exact_integer_in(trial.family, value);
}

bool is_exact_in(const MemberTrial& trial, double value) {
  const bool is_narrow =
      trial.family == MemberFamily::float32 || trial.family == MemberFamily::bfloat16;
  if (!is_narrow || !std::isfinite(value)) return true;
  const auto narrow = static_cast<float>(value);
  return static_cast<double>(narrow) == value &&
         (trial.family == MemberFamily::float32 || has_short_mantissa(narrow));
}

bool is_exact_in(const MemberTrial& trial, UtcTime moment) {
  return moment.nanoseconds % trial.step == 0;
}

bool is_spelt_for(const MemberTrial& trial, std::string_view text) {
  switch (trial.family) {
    case MemberFamily::enumeration: return !spells_number(text);
    case MemberFamily::uuid: return text.size() == 36;
    case MemberFamily::date: return text.size() == 10 && starts_with_day(text);
    case MemberFamily::date_time: {
      const auto read = starts_with_day(text) ? parse_time(text) : std::nullopt;
      return read && read->nanoseconds % trial.step == 0 && !has_dropped_digits(text);
    }
    default: return true;
  }
}

}  // namespace penstock
