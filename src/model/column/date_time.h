#pragma once

#include <cstdint>
#include <memory>

#include "model/column/fixed_width.h"
#include "model/column/time_text.h"
#include "model/column/time_unit.h"
#include "model/column/time_zone.h"

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
/// numbers in quotes; it takes bare ones as ticks of the column, which differs
/// only where that would be a time near 1970.
/// Numbers with a fraction: seconds.
///
/// The one silent loss of precision: digits beyond the column's are cut off, as
/// ClickHouse does, because nanoseconds for a DateTime64(3) are everyday data.
/// Moments outside 1970 to 2106 (DateTime) and 1900 to 2299 (DateTime64; less
/// with 9 digits) are out_of_range, never clamped.
template <class T>
class DateTimeColumn final : public FixedWidthColumn<T> {
 public:
  /// `digits`: 0 to 9, 0 for DateTime. `zone` outlives the column.
  DateTimeColumn(int digits, const TimeZone& zone);

  Fit put_int(std::int64_t value) override;
  Fit put_uint(std::uint64_t value) override;
  Fit put_real(double seconds) override;
  Fit put_number(std::string_view digits) override;
  Fit put_text(std::string_view value) override;
  Fit put_time(std::int64_t count, TimeUnit unit) override {
    return put_moment(split_time(count, unit));
  }
  /// A binary number cannot hold today's time with nanoseconds.
  bool wants_digits() const noexcept override { return sizeof(T) == sizeof(std::int64_t); }

 private:
  Fit put_moment(UtcTime moment);

  const TimeZone& zone_;
  const std::int64_t ticks_per_second_;
  const std::uint32_t nanoseconds_per_tick_;
};

Result<std::unique_ptr<Column>> make_date_time(const Type& type);
Result<std::unique_ptr<Column>> make_date_time64(const Type& type);

}  // namespace penstock
