#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/column_writer.h"

namespace penstock {

/// A moment as a text spells it.
struct TimeText {
  /// Since 1970 by the clock the text was read from: UTC when the text named a
  /// zone or counted seconds, else the wall clock of a zone yet to be chosen.
  std::int64_t seconds = 0;
  std::uint32_t nanoseconds = 0;  // after `seconds`, also before 1970
  bool is_utc = false;
};

/// Reads the forms that ClickHouse takes with date_time_input_format=best_effort
/// and that occur in JSON. Blanks around the text do not matter.
///
///   2024-01-05 12:34:56.789     `T` or blanks between; also `/` or `.` in the date
///   2024-1-5 1:2, 2024-01-05    parts of one digit; no seconds; no time
///   20240105T123456, 20240105123456, 20240105
///   … Z, UTC, GMT, +02:00, -0530, +2          after any time
///   1704457896[.789]            seconds (9 or 10 digits)
///   1704457896789, …            ms, us, ns (13, 16, 19 digits)
///   05/01/2024, 05.01.2024      day first; month first only where that cannot be
///   Fri, 05 Jan 2024 12:34:56 GMT; Jan 5 2024 11:34 PM; Fri Jan  5 12:34:56 2024
///
/// Stricter than ClickHouse: a month or day of 0, a bare year or time ("2024",
/// "12:34") and years of two digits are not read, for they would be guesses.
/// Digits after the ninth of a fraction are dropped.
std::optional<TimeText> parse_time(std::string_view text);

/// Whether a text begins with YYYY-MM-DD and then ends or goes on after a blank or a T:
/// the one form that is a time and hardly anything else.
bool starts_with_day(std::string_view text);

/// Whether a text that parse_time() reads has digits below a nanosecond.
bool has_dropped_digits(std::string_view text);

/// Reads 2024-01-05, 2024-1-5, 2024/01/05, 2024.01.05, 2024_01_05 or 20240105 as
/// days since 1970. Unlike ClickHouse it refuses a day the month does not have.
std::optional<std::int32_t> parse_date(std::string_view text);

/// Room for the longest text of a time.
using TimeBuffer = std::array<char, 32>;

/// "2024-01-05 12:34:56.789" for a count since 1970, in UTC, with the digits of
/// its unit. Lies in `buffer`; empty outside the years 0 to 9999.
std::string_view format_time(std::int64_t count, TimeUnit unit, TimeBuffer& buffer);

}  // namespace penstock
