#include "exceptions_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <regex>

#include "difference_tests.h"

namespace penstock::oracle {
namespace {

/// The ends of ClickHouse's date and time types, and what it stores beyond them.
bool stores_a_limit(const Difference& difference) {
  constexpr std::string_view kLimits[] = {
      "4294967295",   "1970-01-01",   "2149-06-06",   "1900-01-01",    "2299-12-31", "-2208988800",
      "253402300799", "-62167219200", "9223372036.8", "-9223372036.8", "1969-12-31", "2106-02-0"};
  const auto holds = [&](std::string_view limit) {
    return difference.theirs.find(limit) != std::string::npos;
  };
  const bool is_zero = (" | " + difference.theirs + " |").find(" | 0 |") != std::string::npos;
  return is_zero || difference.theirs.find("<unreadable>") != std::string::npos || holds("'0'") ||
         holds("00000000 0") || holds("\\'0\\'") || std::ranges::any_of(kLimits, holds);
}

/// ClickHouse took a number in the message as ticks: its digits are there, the point elsewhere.
bool counts_in_ticks(const Difference& difference) {
  std::string digits;
  for (const char c : difference.theirs) {
    if (c != '.') digits += c;
  }
  const std::string& value = difference.value;
  for (std::size_t at = value.find_first_of("123456789"); at != value.npos;
       at = value.find_first_of("123456789", at)) {
    const std::size_t end = std::min(value.find_first_not_of("0123456789", at), value.size());
    if (digits.find(value.substr(at, end - at)) != digits.npos) return true;
    at = end;
  }
  // As a member of a Variant it is shown in RowBinary.
  std::int64_t count = 0;
  std::from_chars(value.data(), value.data() + value.size(), count);
  std::string bytes;
  for (int byte = 0; byte < 8; ++byte) bytes += fmt::format("{:02X}", (count >> 8 * byte) & 0xFF);
  if (count != 0 && difference.theirs.find(bytes) != std::string::npos) return true;
  static const std::regex misprinted(R"re(\.[\d',]*[-./+*(]|\.\D)re");  // small negative ones
  return std::regex_search(difference.theirs, misprinted);
}

/// A year or a fraction, a clock time, a year of two digits; or what begins as a date and is
/// neither a day nor a day with a clock time.
bool is_half_a_moment(const Difference& difference) {
  static const std::regex half(R"re(^"? *(-?\d{1,4}(\.\d*)?|\d{1,3}:\d\d.*|)re"
                               R"re(\d\d[-/.]\d\d[-/.]\d\d\b.*|\d{4}[-/._]\d\d?[-/._]?) *"?$)re");
  static const std::regex date(R"re(^"? *\d{4})re");
  static const std::regex whole(
      R"re(^"? *\d{4}[-/._]\d\d?[-/._]\d\d?([ T]\d\d?:\d\d?(:\d\d?(\.\d*)?)?)?)re"
      R"re( *(Z|UTC|GMT|[+-](\d\d?|\d\d:?\d\d))? *"?$)re");
  const std::string found(found_by_us(difference));
  return std::regex_search(found, half) ||
         (std::regex_search(found, date) && !std::regex_search(found, whole));
}

/// Beyond the ends of one of the column's types.
bool is_beyond_its_ends(const Difference& difference) {
  const double count = std::strtod(std::string(found_by_us(difference)).c_str(), nullptr);
  const auto has = [&](const char* type) {
    return std::regex_search(difference.type, std::regex(type));
  };
  return (has("\\bDate\\b") && (count < 0 || count > 65'535)) ||
         (has("Date32") && (count < -719'528 || count > 2'932'896)) ||
         (has("DateTime\\b") && (count < 0 || count > 4'294'967'295)) ||
         (has("DateTime64") && std::abs(count) > 2e9);
}

constexpr Exception kExceptions[] = {
    {.name = "moment_beyond_range",
     .reason = "a moment its type cannot hold is refused; ClickHouse stores the nearest one it can",
     .type = "Date",
     .value = "",
     .ours = R"re(^decode\.out_of_range: .*: )re"
             R"re(cannot take ("[^"]*"|\d[^,]*[-:/ ][^,]*): out of range$)re",
     .theirs = "",
     .also = stores_a_limit,
     .example_columns = "c0 DateTime('UTC')",
     .example = R"({"c0":"2106-02-07 06:28:16"})"},
    {.name = "count_beyond_range",
     .reason = "a count of seconds or days its type cannot hold is refused; ClickHouse stores "
               "another",
     .type = "Date",
     .value = "[0-9]",
     .ours = R"re(^decode\.out_of_range: .*: cannot take [-0-9.eE]+: out of range$)re",
     .theirs = "",
     .also = is_beyond_its_ends,
     .example_columns = "c0 DateTime('UTC')",
     .example = R"({"c0":1704457896789})"},
    {.name = "impossible_moment",
     .reason = "no such day or hour: refused, where ClickHouse takes another near it",
     .type = "Date",
     .value = "",
     .ours = R"re(^decode\.(unreadable|out_of_range): .*: )re"
             R"re(cannot (read|take) "? ?(\d{4}-(00|13|04-31|\d\d-00|02-29))re"
             R"re(|0000|\d{4}-\d\d-\d\d (24|23:60|23:59:60)).*"?(: out of range)?$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Date",
     .example = R"({"c0":"2023-02-29"})"},
    {.name = "half_a_moment",
     .reason = "a year, a time of day or a fraction alone would be a guess, as would a year of two "
               "digits and what is left of a moment that was cut",
     .type = "Date",
     .value = "",
     .ours = "^decode.unreadable: ",
     .theirs = "",
     .also = is_half_a_moment,
     .example_columns = "c0 DateTime('UTC')",
     .example = R"({"c0":"12:34"})"},
    {.name = "fraction_of_a_count",
     .reason =
         "seconds may have a fraction, in every place and also where the column cannot keep it",
     .type = "DateTime",
     .value = R"re(\d[.eE][-+]?\d)re",
     .ours = "",
     .theirs = "Cannot",
     .also = nullptr,
     .example_columns = "c0 DateTime('UTC')",
     .example = R"({"c0":"1704457896.789"})"},
    {.name = "day_of_any_year",
     .reason = "Date32 holds the years 0 to 9999: ClickHouse 26.7 stores and shows them, but its "
               "parsers clamp to 1900 to 2299",
     .type = "Date32",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = clamps_a_day,
     .example_columns = "c0 Date32",
     .example = R"({"c0":"9999-12-31"})"},
    {.name = "beyond_the_calendar",
     .reason = "DateTime64 ends with the year 9999 by the column's zone: what ClickHouse stores "
               "beyond is shown as its end",
     .type = "DateTime64",
     .value = "",
     .ours = R"re(^decode\.out_of_range: .*: cannot take "?(9999-12-31|000[01]-01-01))re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 DateTime64(0, 'Asia/Kolkata')",
     .example = R"({"c0":"9999-12-31T23:59:59+02:00"})"},
    {.name = "year_zero",
     .reason = "the year 0 is the year 0; ClickHouse takes the one of today for it",
     .type = "DateTime64",
     .value = R"re("0000)re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 DateTime64(0, 'UTC')",
     .example = R"({"c0":"0000-01-01 00:00:00"})"},
    {.name = "time_below_a_tick",
     .reason = "digits of a time that its type cannot keep are refused; ClickHouse cuts them off",
     .type = R"re(\bTime)re",
     .value = "",
     .ours = R"re(^decode\.(out_of_range|unreadable): .*: )re"
             R"re(cannot (take|read) "?-?\d+:\d\d:\d\d\.\d+)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Time64(3)",
     .example = R"({"c0":"12:34:56.7891"})"},
    {.name = "time_beyond_range",
     .reason = "a time beyond 999:59:59 is refused; ClickHouse stores the nearest one it can",
     .type = R"re(\bTime)re",
     .value = "",
     .ours = R"re(^decode\.out_of_range: .*: cannot take )re",
     .theirs = "",
     .also =
         [](const Difference& found) {
           return found.theirs.find("999:59:59") != std::string::npos ||
                  std::abs(std::strtod(std::string(found_by_us(found)).c_str(), nullptr)) >= 3.6e6;
         },
     .example_columns = "c0 Time",
     .example = R"({"c0":3600000})"},
    {.name = "time_with_zeros",
     .reason = "a fraction of nothing but zeros loses nothing",
     .type = R"re(\bTime\b)re",
     .value = R"re(:\d\d\.0+")re",
     .ours = "",
     .theirs = R"re(expected '"' before: '\.0)re",
     .also = nullptr,
     .example_columns = "c0 Time",
     .example = R"({"c0":"12:34:56.0"})"},
    {.name = "half_a_time",
     .reason = "a time without seconds would be a guess, a number in quotes too: seconds or ticks",
     .type = R"re(\bTime)re",
     .value = "",
     .ours = R"re(^decode\.unreadable: .*: )re"
             R"re(cannot read "?-?(\d{1,3}|\d{1,3}:\d\d|\d:\d:\d|\d+\.\d*|\d+:\d\d:\d\d\.)"?$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Time",
     .example = R"({"c0":"12:34"})"},
    {.name = "impossible_time",
     .reason = "minutes and seconds end at 59; ClickHouse carries the rest over",
     .type = R"re(\bTime)re",
     .value = "",
     .ours = R"re(^decode\.unreadable: .*: cannot read "?-?\d+:(\d\d:)?[6-9]\d)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Time",
     .example = R"({"c0":"12:34:60"})"},
    {.name = "boolean_as_day",
     .reason = "true and false are no days",
     .type = R"re(\bDate(32)?\b)re",
     .value = "true|false",
     .ours = R"re(^decode\.wrong_type: .*: cannot take (true|false)$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Date",
     .example = R"({"c0":true})"},
    {.name = "count_in_ticks",
     .reason = "a count is of seconds, milliseconds, microseconds or nanoseconds by its size; "
               "ClickHouse takes it as ticks of the column",
     .type = "DateTime64",
     .value = R"re((^|[[{,:\s])-?\d+\s*($|[\],}]))re",
     .ours = "",
     .theirs = "",
     .also = counts_in_ticks,
     .example_columns = "c0 DateTime64(3, 'UTC')",
     .example = R"({"c0":1704457896})"},
};

}  // namespace

std::span<const Exception> json_moment_exceptions() { return kExceptions; }

}  // namespace penstock::oracle
