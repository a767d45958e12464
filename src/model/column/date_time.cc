#include "model/column/date_time.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>

#include "model/column/decimal_text.h"
#include "model/column/number.h"
#include "model/column/type_literal.h"
#include "model/column/wide_integer.h"

namespace penstock {
namespace {

template <class T>
constexpr bool kIsDateTime64 = std::is_same_v<T, std::int64_t>;

// 0000-01-01 00:00:00 and 9999-12-31 23:59:59, by the clock of the column's zone.
constexpr std::int64_t kFirst64 = kFirstDay * 86400;
constexpr std::int64_t kLast64 = kLastDay * 86400 + 86399;

/// Seconds, before or after 1970, whose every tick is a number of 64 bits.
constexpr std::int64_t seconds_of_ticks(std::int64_t ticks_per_second) {
  return std::numeric_limits<std::int64_t>::max() / ticks_per_second - 1;
}

/// The unit that puts a count of this size nearest to today.
TimeUnit likely_unit(std::int64_t count) {
  const auto within = [count](std::int64_t limit) { return count > -limit && count < limit; };
  if (within(10'000'000'000)) return TimeUnit::seconds;
  if (within(10'000'000'000'000)) return TimeUnit::milliseconds;
  if (within(10'000'000'000'000'000)) return TimeUnit::microseconds;
  return TimeUnit::nanoseconds;
}

/// The zone named by the literal at `index`, or UTC when there is none.
Result<const TimeZone*> zone_of(const Type& type, std::size_t index) {
  return TimeZone::find(index < type.literals.size() ? unquote(type.literals[index]) : "UTC");
}

}  // namespace

template <class T>
DateTimeColumn<T>::DateTimeColumn(int digits, const TimeZone& zone)
    : zone_(zone),
      ticks_per_second_(power_of_ten<std::int64_t>(digits)),
      nanoseconds_per_tick_(power_of_ten<std::uint32_t>(9 - digits)),
      ticks_factor_(((std::uint64_t{1} << 63) - 1) / nanoseconds_per_tick_ + 1),
      first_second_(kIsDateTime64<T>
                        ? std::max(zone.to_utc(kFirst64), -seconds_of_ticks(ticks_per_second_))
                        : 0),
      last_second_(kIsDateTime64<T>
                       ? std::min(zone.to_utc(kLast64), seconds_of_ticks(ticks_per_second_))
                       : std::int64_t{std::numeric_limits<std::uint32_t>::max()}) {}

template <class T>
Fit DateTimeColumn<T>::put_far(UtcTime moment) {
  if constexpr (kIsDateTime64<T>) {
    if (moment.seconds < zone_.to_utc(kFirst64) || moment.seconds > zone_.to_utc(kLast64)) {
      return Fit::out_of_range;
    }
    std::int64_t ticks = 0;
    if (__builtin_mul_overflow(moment.seconds, ticks_per_second_, &ticks)) return Fit::out_of_range;
    const std::int64_t rest = ticks_of(moment.nanoseconds);
    if (__builtin_add_overflow(ticks, rest, &ticks)) return Fit::out_of_range;
    return this->take(ticks);
  }
  return Fit::out_of_range;
}

template <class T>
Fit DateTimeColumn<T>::put_int(std::int64_t value) {
  if constexpr (kIsDateTime64<T>) return put_time(value, likely_unit(value));
  return put_time(value, TimeUnit::seconds);
}

template <class T>
Fit DateTimeColumn<T>::put_uint(std::uint64_t value) {
  if (!std::in_range<std::int64_t>(value)) return Fit::out_of_range;
  return put_int(static_cast<std::int64_t>(value));
}

template <class T>
Fit DateTimeColumn<T>::put_real(double seconds) {
  if (!(std::abs(seconds) < 1e18)) return Fit::out_of_range;
  const double whole = std::floor(seconds);
  if (whole == seconds) return put_int(static_cast<std::int64_t>(whole));
  UtcTime moment{.seconds = static_cast<std::int64_t>(whole)};
  if constexpr (kIsDateTime64<T>) {
    // To the nearest tick: the double of 1.123 is a little less than that.
    const auto per_second = static_cast<double>(ticks_per_second_);
    const auto ticks = static_cast<std::int64_t>(std::round((seconds - whole) * per_second));
    moment.seconds += ticks / ticks_per_second_;
    moment.nanoseconds =
        static_cast<std::uint32_t>(ticks % ticks_per_second_) * nanoseconds_per_tick_;
  }
  return put_moment(moment);
}

template <class T>
Fit DateTimeColumn<T>::put_day(std::int64_t days) {
  if (days < kFirstDay || days > kLastDay) return Fit::out_of_range;
  return put_moment({.seconds = days * 86400});
}

template <class T>
Fit DateTimeColumn<T>::put_any_number(std::string_view digits) {
  std::int64_t whole = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, whole);
  if (problem == std::errc{} && stop == end) return put_int(whole);

  constexpr int kFractionDigits = 20;
  Int128 exact = 0;
  const Fit fit = read_decimal(digits, 38, kFractionDigits, exact);
  if (fit != Fit::ok) return fit;
  constexpr auto kPerSecond = power_of_ten<Int128>(kFractionDigits);
  Int128 seconds = exact / kPerSecond;
  Int128 rest = exact % kPerSecond;
  if (rest < 0) {
    rest += kPerSecond;
    --seconds;
  }
  if (rest == 0) return put_int(static_cast<std::int64_t>(seconds));
  return put_moment({.seconds = static_cast<std::int64_t>(seconds),
                     .nanoseconds = static_cast<std::uint32_t>(
                         rest / power_of_ten<Int128>(kFractionDigits - 9))});
}

template <class T>
Fit DateTimeColumn<T>::put_unusual_text(std::string_view value) {
  TimeText with_offset;
  if (usual_time_.read_with_offset(value, with_offset)) return put_read(with_offset);
  const auto read = parse_time(value);
  return read ? put_read(*read) : Fit::unreadable;
}

Result<std::unique_ptr<Column>> make_date_time(const Type& type) {
  PENSTOCK_TRY(zone, zone_of(type, 0));
  return std::unique_ptr<Column>(std::make_unique<DateTimeColumn<std::uint32_t>>(0, *zone));
}

Result<std::unique_ptr<Column>> make_date_time64(const Type& type) {
  PENSTOCK_TRY(digits, literal_number(type, 0, 0, 9));
  PENSTOCK_TRY(zone, zone_of(type, 1));
  return std::unique_ptr<Column>(std::make_unique<DateTimeColumn<std::int64_t>>(digits, *zone));
}

template class DateTimeColumn<std::uint32_t>;
template class DateTimeColumn<std::int64_t>;

}  // namespace penstock
