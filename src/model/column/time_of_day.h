#pragma once

#include <cstdint>
#include <memory>

#include "model/column/clock_text.h"
#include "model/column/count.h"

namespace penstock {

/// Time (T = int32_t: seconds) and Time64 (T = int64_t: ticks of 10^-digits s): a time of
/// day or a length of time, from -999:59:59 to 999:59:59 and what comes after that second.
///
/// Text in the form of parse_clock(). Bare integers are the column's own count, seconds
/// or ticks, as ClickHouse has it; a fraction of that is out_of_range. Digits below a tick are
/// out_of_range, never cut off; a time beyond the limits too, never clamped.
template <class T>
class TimeOfDayColumn final : public CountColumn<T> {
 public:
  /// `digits`: 0 to 9, 0 for Time.
  explicit TimeOfDayColumn(int digits);

  Fit put_int(std::int64_t count) override;
  Fit put_text(std::string_view value) override;
  Fit put_duration(std::int64_t count, TimeUnit unit) override {
    return put_clock(split_duration(count, unit));
  }
  Fit put_time(std::int64_t /*count*/, TimeUnit /*unit*/) override { return Fit::wrong_type; }
  Fit put_day(std::int64_t /*days*/) override { return Fit::wrong_type; }

 private:
  Fit put_clock(ClockTime time);

  const std::int64_t ticks_per_second_;
  const std::int32_t nanoseconds_per_tick_;
};

Result<std::unique_ptr<Column>> make_time(const Type& type);
Result<std::unique_ptr<Column>> make_time64(const Type& type);

}  // namespace penstock
