#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace penstock {

/// The clock of a zone is put forward or back.
struct ClockChange {
  std::int64_t at = 0;             // seconds since 1970, UTC
  std::int32_t offset_before = 0;  // seconds east of Greenwich
  std::int32_t offset_after = 0;
};

/// How a zone changes its clock every year from now on, as the last line of a
/// time zone file says it in POSIX notation: "CET-1CEST,M3.5.0,M10.5.0/3".
class ZoneRule {
 public:
  /// Nothing when the text is malformed or the zone has one offset all year.
  static std::optional<ZoneRule> parse(std::string_view text);

  /// Both changes of the year, in order of time.
  std::array<ClockChange, 2> changes(std::chrono::year year) const;

 private:
  enum class Count : std::uint8_t {
    month_week_day,    // Mm.w.d: the w-th weekday d of month m, 5 = the last
    day_without_leap,  // Jn: 1..365, never 29 February
    day_from_zero,     // n: 0..365
  };
  struct Moment {
    Count count = Count::day_from_zero;
    unsigned month = 0;
    unsigned week = 0;
    unsigned day = 0;
    std::int32_t time = 7200;  // seconds after midnight; may be negative or above a day
  };

  static bool parse_moment(std::string_view& text, Moment& moment);
  static std::int64_t wall_clock(const Moment& moment, std::chrono::year year);

  std::int32_t standard_offset_ = 0;
  std::int32_t summer_offset_ = 0;
  Moment summer_begins_;
  Moment summer_ends_;
};

}  // namespace penstock
