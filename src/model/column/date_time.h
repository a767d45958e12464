#pragma once

#include <cstdint>
#include <memory>

#include "model/column/fixed_width.h"
#include "model/column/plain_decimal.h"
#include "model/column/time_text.h"
#include "model/column/time_unit.h"
#include "model/column/time_zone.h"
#include "model/column/usual_time.h"
#include "model/column/wide_integer.h"

namespace penstock {

/// DateTime (T = uint32_t: seconds) and DateTime64 (T = int64_t: ticks of
/// 10^-digits s), both since 1970 UTC.
///
/// Text in the forms of parse_time(). Without a zone of its own it is read by
/// the column's zone; a column without one is taken as UTC, where ClickHouse
/// would take the server's zone.
///
/// Integers: DateTime takes seconds. DateTime64 goes by their size: below 10^10
/// seconds, below 10^13 ms, below 10^16 us, else ns. So does ClickHouse with
/// numbers in quotes; it takes bare ones as ticks of the column. For a count in
/// the column's own unit that differs only within 115 days of 1970-01-01.
/// Numbers with a fraction: seconds.
///
/// The one silent loss of precision: digits beyond the column's are cut off, as
/// ClickHouse does, because nanoseconds for a DateTime64(3) are everyday data.
/// Moments outside 1970 to 2106 (DateTime) and the years 0 to 9999 by the clock of the
/// column's zone (DateTime64; less with 8 and 9 digits) are out_of_range, never clamped.
/// ClickHouse before 26.7 stores those before 1900 and after 2299 too, but shows others.
template <class T>
class DateTimeColumn final : public FixedWidthColumn<T> {
 public:
  /// `digits`: 0 to 9, 0 for DateTime. `zone` outlives the column.
  DateTimeColumn(int digits, const TimeZone& zone);

  Fit put_int(std::int64_t value) override;
  Fit put_uint(std::uint64_t value) override;
  Fit put_real(double seconds) override;
  Fit put_number(std::string_view digits) override {
    PlainDecimal number;
    const bool is_whole = read_plain_decimal(digits, number) && number.scale == 0;
    return is_whole ? put_int(number.unscaled) : put_any_number(digits);
  }
  Fit put_text(std::string_view value) override {
    TimeText read;
    return usual_time_.read(value, read) ? put_read(read) : put_unusual_text(value);
  }
  Fit put_time(std::int64_t count, TimeUnit unit) override {
    return put_moment(split_time(count, unit));
  }
  /// The day's midnight in UTC.
  Fit put_day(std::int64_t days) override;
  Fit put_duration(std::int64_t /*count*/, TimeUnit /*unit*/) override { return Fit::wrong_type; }
  /// A binary number cannot hold today's time with nanoseconds.
  bool wants_digits() const noexcept override { return sizeof(T) == sizeof(std::int64_t); }

 private:
  Fit put_moment(UtcTime moment) {
    if (moment.seconds < first_second_ || moment.seconds > last_second_) return put_far(moment);
    if constexpr (sizeof(T) == sizeof(std::int64_t)) {
      return this->take(moment.seconds * ticks_per_second_ + ticks_of(moment.nanoseconds));
    } else {
      return this->take(static_cast<T>(moment.seconds));
    }
  }
  /// A moment at or beyond the edge of what ticks can count.
  Fit put_far(UtcTime moment);
  Fit put_read(const TimeText& read) {
    UtcTime moment{.seconds = read.seconds, .nanoseconds = read.nanoseconds};
    if (!read.is_utc) {
      if (!offset_span_.contains(read.seconds)) offset_span_ = zone_.span_at(read.seconds);
      moment.seconds = offset_span_.to_utc(read.seconds);
    }
    return put_moment(moment);
  }
  Fit put_any_number(std::string_view digits);
  Fit put_unusual_text(std::string_view value);

  /// The whole ticks in less than a second: by a product instead of a quotient, exact
  /// for any two numbers below 2^30 where the factor is 2^63 / divisor rounded up.
  std::int64_t ticks_of(std::uint32_t nanoseconds) const {
    return static_cast<std::int64_t>((static_cast<UInt128>(ticks_factor_) * nanoseconds) >> 63);
  }

  const TimeZone& zone_;
  const std::int64_t ticks_per_second_;
  const std::uint32_t nanoseconds_per_tick_;
  const std::uint64_t ticks_factor_;
  const std::int64_t first_second_;
  const std::int64_t last_second_;
  UsualTimeReader usual_time_;
  TimeZone::OffsetSpan offset_span_;  // of the last time; empty at first
};

Result<std::unique_ptr<Column>> make_date_time(const Type& type);
Result<std::unique_ptr<Column>> make_date_time64(const Type& type);

}  // namespace penstock
