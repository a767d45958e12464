#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

#include "model/column/calendar_day.h"
#include "model/column/count.h"

namespace penstock {

/// Date (T = uint16_t) and Date32 (T = int32_t): days since 1970-01-01.
///
/// Text in the forms of parse_date(); integers are days. ClickHouse guesses that
/// a large integer counts seconds and clamps what lies outside the range: here that
/// is out_of_range. Date: 1970 to 2149-06-06. Date32: years 0 to 9999, as ClickHouse 26
/// stores and shows it, although up to 26.7 its own parsers clamp to 1900 to 2299.
template <class T>
class DateColumn final : public CountColumn<T> {
 public:
  Fit put_int(std::int64_t days) override { return put_day(days); }
  Fit put_day(std::int64_t days) override {
    if (days < kFirst || days > kLast) return Fit::out_of_range;
    return this->take(static_cast<T>(days));
  }
  Fit put_text(std::string_view value) override {
    constexpr std::size_t kUsualSize = 10;  // YYYY-MM-DD
    std::int32_t days = 0;
    if (value.size() != kUsualSize || !days_.read(value.data(), days))
      return put_unusual_text(value);
    return put_day(days);
  }
  /// The day, in UTC, of the moment.
  Fit put_time(std::int64_t count, TimeUnit unit) override;
  Fit put_duration(std::int64_t /*count*/, TimeUnit /*unit*/) override { return Fit::wrong_type; }

 private:
  static constexpr std::int64_t kFirst = std::is_same_v<T, std::uint16_t> ? 0 : kFirstDay;
  static constexpr std::int64_t kLast = std::is_same_v<T, std::uint16_t> ? 65535 : kLastDay;

  Fit put_unusual_text(std::string_view value);

  DayReader days_;
};

Result<std::unique_ptr<Column>> make_date(const Type& type);
Result<std::unique_ptr<Column>> make_date32(const Type& type);

}  // namespace penstock
