#pragma once

#include <cstdint>
#include <string_view>

#include "model/column/calendar_day.h"
#include "model/column/swar.h"
#include "model/column/time_text.h"

namespace penstock {

/// Reads the form of a time nearly every producer sends, YYYY-MM-DD?hh:mm:ss[.f…][Z]
/// with a blank or `T` and up to nine digits, as parse_time() reads it. Other forms,
/// rare values (a leap second, 24:00) and what is no time at all are left to that.
class UsualTimeReader {
 public:
  /// `moment` changes also when the answer is false.
  bool read(std::string_view text, TimeText& moment) {
    constexpr std::size_t kShortest = 19;
    if (text.size() < kShortest) return false;
    const char* const at = text.data();
    const std::uint64_t clock = swar::load(at + 11) ^ swar::word("00:00:00");
    constexpr std::uint64_t kClockLimits = swar::word("\2\11\0\5\11\0\5\11");
    if (!swar::is_within(clock, kClockLimits) || (at[10] != ' ' && at[10] != 'T')) return false;
    const std::uint64_t numbers = swar::pairs(clock);
    const auto hour = static_cast<std::int32_t>(numbers & 0xFF);
    std::int32_t days = 0;
    if (hour > 23 || !days_.read(at, days)) return false;
    moment.seconds = std::int64_t{days} * 86400 + hour * 3600 +
                     static_cast<std::int32_t>(numbers >> 24 & 0xFF) * 60 +
                     static_cast<std::int32_t>(numbers >> 48 & 0xFF);
    moment.is_utc = text.back() == 'Z';
    return read_fraction(at + kShortest, at + text.size() - unsigned{moment.is_utc},
                         moment.nanoseconds);
  }

  /// The same form with an offset from UTC after it, +hh:mm or -hh:mm.
  bool read_with_offset(std::string_view text, TimeText& moment);

 private:
  /// Nothing, or a point and one to nine digits; 19 characters before them belong to the text.
  static bool read_fraction(const char* point, const char* end, std::uint32_t& nanoseconds) {
    nanoseconds = 0;
    if (point == end) return true;
    const auto count = static_cast<std::size_t>(end - point - 1);
    if (*point != '.' || count - 1 >= 9) return false;
    if (count == 9) {
      const std::uint64_t digits = swar::load(point + 1) ^ swar::kZeros;
      const auto ninth = static_cast<std::uint32_t>(static_cast<unsigned char>(point[9]) - '0');
      nanoseconds = swar::number_of(digits) * 10 + ninth;
      return swar::are_digits(digits) && ninth <= 9;
    }
    const std::uint64_t digits = (swar::load(end - 8) ^ swar::kZeros) >> (64 - 8 * count);
    nanoseconds = swar::number_of(digits) * 10;
    return swar::are_digits(digits);
  }

  DayReader days_;
};

}  // namespace penstock
