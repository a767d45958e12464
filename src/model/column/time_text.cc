#include "model/column/time_text.h"

#include <array>
#include <chrono>
#include <utility>

#include "model/column/calendar_day.h"
#include "model/column/decimal_text.h"
#include "model/column/digit_writer.h"
#include "model/column/time_reader.h"
#include "model/column/time_unit.h"

namespace penstock {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

struct Calendar {
  unsigned year = 0, month = 0, day = 0;
  unsigned hour = 0, minute = 0, second = 0;
  std::uint32_t nanoseconds = 0;
  std::int32_t zone_seconds = 0;
  bool has_zone = false;
};

std::optional<TimeText> moment_of(const Calendar& parts) {
  std::int32_t days = 0;
  const bool is_day = find_day(parts.year, parts.month, parts.day, days);
  const bool is_day_end = parts.hour == 24 && parts.minute == 0 && parts.second == 0;
  if (!is_day || (parts.hour > 23 && !is_day_end)) return std::nullopt;
  // 60 is a leap second, which the count since 1970 does not know.
  if (parts.minute > 59 || parts.second > 60) return std::nullopt;
  return TimeText{.seconds = std::int64_t{days} * 86400 + parts.hour * 3600 + parts.minute * 60 +
                             parts.second - parts.zone_seconds,
                  .nanoseconds = parts.nanoseconds,
                  .is_utc = parts.has_zone};
}

/// Z, UTC, GMT, +hh, +hhmm, +hh:mm. True also when there is none.
bool read_zone(TimeReader& reader, Calendar& parts) {
  if (reader.skip_word("z") || reader.skip_word("utc") || reader.skip_word("gmt")) {
    return parts.has_zone = true;
  }
  const bool east = reader.skip('+');
  if (!east && !reader.skip('-')) return true;
  const std::size_t count = reader.digits();
  unsigned hours = 0;
  unsigned minutes = 0;
  if (count == 4) {
    hours = static_cast<unsigned>(reader.take(2));
    minutes = static_cast<unsigned>(reader.take(2));
  } else {
    if (!reader.read_short(hours)) return false;
    if (reader.skip(':') && !reader.read_short(minutes)) return false;
  }
  if (hours > 23 || minutes > 59) return false;
  const auto seconds = static_cast<std::int32_t>(hours * 3600 + minutes * 60);
  parts.zone_seconds = east ? seconds : -seconds;
  return parts.has_zone = true;
}

bool read_half_day(TimeReader& reader, Calendar& parts) {
  const bool afternoon = reader.skip_word("pm");
  if (!afternoon && !reader.skip_word("am")) return true;
  if (parts.hour < 1 || parts.hour > 12) return false;
  parts.hour = parts.hour % 12 + (afternoon ? 12 : 0);
  return true;
}

/// h[:m[:s[.fff]]] or hhmmss, then AM or PM, then a zone.
bool read_clock(TimeReader& reader, Calendar& parts) {
  if (reader.digits() == 6) {
    parts.hour = static_cast<unsigned>(reader.take(2));
    parts.minute = static_cast<unsigned>(reader.take(2));
    parts.second = static_cast<unsigned>(reader.take(2));
  } else {
    if (!reader.read_short(parts.hour)) return false;
    if (reader.skip(':') && !reader.read_short(parts.minute)) return false;
    if (reader.skip(':') && !reader.read_short(parts.second)) return false;
  }
  if (reader.skip('.')) parts.nanoseconds = reader.read_fraction();
  reader.skip_blanks();
  if (!read_half_day(reader, parts)) return false;
  reader.skip_blanks();
  return read_zone(reader, parts);
}

bool read_year(TimeReader& reader, Calendar& parts) {
  if (reader.digits() != 4) return false;
  parts.year = static_cast<unsigned>(reader.take(4));
  return true;
}

/// "5 Jan 2024", "Jan 5, 2024", or "Jan 5" with the year after the clock.
bool read_month_and_day(TimeReader& reader, Calendar& parts) {
  if (!reader.at_letter() && !reader.read_short(parts.day)) return false;
  reader.skip_blanks();
  parts.month = reader.read_name(kMonths);
  reader.skip_blanks();
  if (parts.month == 0) return false;
  if (parts.day == 0 && !reader.read_short(parts.day)) return false;
  reader.skip(',');
  reader.skip_blanks();
  return true;
}

std::optional<TimeText> parse_words(TimeReader reader) {
  Calendar parts;
  if (reader.at_letter() && reader.read_name(kWeekdays) != 0) reader.skip(',');
  reader.skip_blanks();
  if (!read_month_and_day(reader, parts)) return std::nullopt;
  const bool year_is_next = read_year(reader, parts);
  reader.skip_blanks();
  if (reader.digits() != 0 && !read_clock(reader, parts)) return std::nullopt;
  reader.skip_blanks();
  if (!year_is_next && !read_year(reader, parts)) return std::nullopt;
  return reader.at_end() ? moment_of(parts) : std::nullopt;
}

bool read_compact_date(TimeReader& reader, Calendar& parts) {
  parts.year = static_cast<unsigned>(reader.take(4));
  parts.month = static_cast<unsigned>(reader.take(2));
  parts.day = static_cast<unsigned>(reader.take(2));
  return true;
}

bool read_year_first(TimeReader& reader, char separator, Calendar& parts) {
  return read_year(reader, parts) && reader.skip(separator) && reader.read_short(parts.month) &&
         reader.skip(separator) && reader.read_short(parts.day);
}

bool read_day_first(TimeReader& reader, char separator, Calendar& parts) {
  if (!reader.read_short(parts.day) || !reader.skip(separator)) return false;
  if (!reader.read_short(parts.month) || !reader.skip(separator)) return false;
  if (parts.month > 12) std::swap(parts.day, parts.month);
  return read_year(reader, parts);
}

bool read_numeric_date(TimeReader& reader, Calendar& parts) {
  const std::size_t count = reader.digits();
  const char next = reader.after(count);
  if (count == 8) return read_compact_date(reader, parts);
  if (count == 4 && (next == '-' || next == '/' || next == '.')) {
    return read_year_first(reader, next, parts);
  }
  if (count <= 2 && (next == '/' || next == '.')) return read_day_first(reader, next, parts);
  return false;
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970.
std::optional<TimeText> parse_count(TimeReader reader, std::size_t count) {
  const auto per_second =
      power_of_ten<std::uint32_t>(count <= 10 ? 0 : static_cast<int>(count) - 10);
  const std::uint64_t value = reader.take(count);
  TimeText moment{
      .seconds = static_cast<std::int64_t>(value / per_second),
      .nanoseconds = static_cast<std::uint32_t>(value % per_second) * (1'000'000'000 / per_second),
      .is_utc = true};
  if (count <= 10 && reader.skip('.')) moment.nanoseconds = reader.read_fraction();
  if (!reader.at_end()) return std::nullopt;
  return moment;
}

std::optional<TimeText> parse_any(std::string_view text) {
  TimeReader reader(text);
  const std::size_t count = reader.digits();
  if (count == 9 || count == 10 || count == 13 || count == 16 || count == 19) {
    return parse_count(reader, count);
  }
  Calendar parts;
  if (count == 14) {
    parts.hour = static_cast<unsigned>(TimeReader(text.substr(8)).take(2));
    parts.minute = static_cast<unsigned>(TimeReader(text.substr(10)).take(2));
    parts.second = static_cast<unsigned>(TimeReader(text.substr(12)).take(2));
    TimeReader date(text.substr(0, 8));
    read_compact_date(date, parts);
    reader.take(14);
    return read_zone(reader, parts) && reader.at_end() ? moment_of(parts) : std::nullopt;
  }
  if (!read_numeric_date(reader, parts)) return parse_words(TimeReader(text));
  if (reader.at_end()) return moment_of(parts);
  const bool clock_follows = reader.skip('T') || reader.skip_blanks();
  const bool read = clock_follows ? read_clock(reader, parts) : read_zone(reader, parts);
  return read && reader.at_end() ? moment_of(parts) : std::nullopt;
}

}  // namespace

std::optional<TimeText> parse_time(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return parse_any(text);
}

bool starts_with_day(std::string_view text) {
  constexpr std::size_t kDay = 10;
  if (text.size() < kDay || text[4] != '-' || text[7] != '-') return false;
  return text.size() == kDay || text[kDay] == ' ' || text[kDay] == 'T';
}

bool has_dropped_digits(std::string_view text) {
  constexpr std::size_t kNanosecondDigits = 9;
  const std::size_t point = text.rfind('.');
  return point != std::string_view::npos &&
         TimeReader(text.substr(point + 1)).digits() > kNanosecondDigits;
}

std::optional<std::int32_t> parse_date(std::string_view text) {
  TimeReader reader(text);
  Calendar parts;
  const std::size_t count = reader.digits();
  const char next = reader.after(count);
  const bool is_spread = count == 4 && (next == '-' || next == '/' || next == '.' || next == '_');
  if (count != 8 && !is_spread) return std::nullopt;
  const bool read =
      count == 8 ? read_compact_date(reader, parts) : read_year_first(reader, next, parts);
  if (!read || !reader.at_end()) return std::nullopt;
  std::int32_t days = 0;
  if (!find_day(parts.year, parts.month, parts.day, days)) return std::nullopt;
  return days;
}

std::string_view format_time(std::int64_t count, TimeUnit unit, TimeBuffer& buffer) {
  // From 0000-01-01 00:00:00 to 9999-12-31 23:59:59.
  constexpr std::int64_t kFirst = -62'167'219'200;
  constexpr std::int64_t kLast = 253'402'300'799;
  const UtcTime time = split_time(count, unit);
  if (time.seconds < kFirst || time.seconds > kLast) return {};
  const std::int64_t days = floor_divide(time.seconds, 86400);
  const auto second = static_cast<std::uint64_t>(time.seconds - days * 86400);
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};

  char* at = buffer.data();
  at = write_digits(at, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  at = write_digits_after(at, '-', static_cast<unsigned>(date.month()), 2);
  at = write_digits_after(at, '-', static_cast<unsigned>(date.day()), 2);
  at = write_digits_after(at, ' ', second / 3600, 2);
  at = write_digits_after(at, ':', second / 60 % 60, 2);
  at = write_digits_after(at, ':', second % 60, 2);
  if (unit != TimeUnit::seconds) {
    const int digits = 3 * static_cast<int>(unit);
    at = write_digits_after(at, '.', time.nanoseconds / power_of_ten<std::uint32_t>(9 - digits),
                            digits);
  }
  return {buffer.data(), at};
}

}  // namespace penstock
