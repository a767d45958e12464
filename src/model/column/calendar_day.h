#pragma once

#include <array>
#include <cstdint>

#include "model/column/swar.h"

namespace penstock {

/// 0000-01-01 and 9999-12-31 in days since 1970-01-01: what ClickHouse 26 has years for.
inline constexpr std::int64_t kFirstDay = -719'528;
inline constexpr std::int64_t kLastDay = 2'932'896;

/// Days since 1970-01-01 of a day of the years 0 to 9999 (Gregorian, also where it was
/// not in use yet). False when there is no such day, 30 February or month 0.
constexpr bool find_day(unsigned year, unsigned month, unsigned day, std::int32_t& days) {
  struct Month {
    std::uint16_t days_before;
    std::uint16_t length;
  };
  constexpr std::array<Month, 13> kMonths{{{0, 0},
                                           {0, 31},
                                           {31, 28},
                                           {59, 31},
                                           {90, 30},
                                           {120, 31},
                                           {151, 30},
                                           {181, 31},
                                           {212, 31},
                                           {243, 30},
                                           {273, 31},
                                           {304, 30},
                                           {334, 31}}};
  // What is counted below for 1 January 1970, from 1 January of the year -399 on.
  constexpr std::int32_t kDaysTo1970 = 865'260;
  if (month > 12) return false;
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const unsigned length = kMonths[month].length + unsigned{is_leap && month == 2};
  if (day - 1 >= length) return false;
  const unsigned full_years = year + 399;
  const unsigned counted = 365 * full_years + full_years / 4 - full_years / 100 + full_years / 400 +
                           kMonths[month].days_before + unsigned{is_leap && month > 2} + day;
  days = static_cast<std::int32_t>(counted) - kDaysTo1970;
  return true;
}

/// Reads YYYY-MM-DD and knows the day it read last again by its letters: rows of one
/// stream mostly are of one day.
class DayReader {
 public:
  /// `at`: ten characters. False when they do not spell a day this way.
  bool read(const char* at, std::int32_t& days) {
    const auto start = swar::load(at);
    const auto end = swar::load<std::uint16_t>(at + 8);
    if ((start != start_ || end != end_) && !read_new(start, end)) return false;
    days = days_;
    return true;
  }

 private:
  bool read_new(std::uint64_t start, std::uint16_t end) {
    const std::uint64_t left = start ^ swar::word("0000-00-");
    const std::uint64_t right = std::uint64_t{end} ^ 0x3030;
    constexpr std::uint64_t kLeftLimits = swar::word("\11\11\11\11\0\1\11\0");
    if (!swar::is_within(left, kLeftLimits) || !swar::are_digits(right)) return false;
    const std::uint64_t numbers = swar::pairs(left);
    const auto year = static_cast<unsigned>((numbers & 0xFF) * 100 + (numbers >> 16 & 0xFF));
    const auto month = static_cast<unsigned>(numbers >> 40 & 0xFF);
    const auto day = static_cast<unsigned>(swar::pairs(right) & 0xFF);
    if (!find_day(year, month, day, days_)) return false;
    start_ = start;
    end_ = end;
    return true;
  }

  // 1970-01-01 is day 0.
  std::uint64_t start_ = swar::word("1970-01-");
  std::uint16_t end_ = '0' | '1' << 8;
  std::int32_t days_ = 0;
};

}  // namespace penstock
