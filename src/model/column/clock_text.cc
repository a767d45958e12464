#include "model/column/clock_text.h"

#include <cstdlib>

#include "model/column/decimal_text.h"
#include "model/column/digit_writer.h"
#include "model/column/time_reader.h"

namespace penstock {
namespace {

constexpr std::int64_t kLastSecond = 3'599'999;  // 999:59:59

/// Exactly two digits below 60, after a colon.
bool read_sixtieth(TimeReader& reader, std::int64_t& value) {
  if (!reader.skip(':') || reader.digits() != 2) return false;
  value = static_cast<std::int64_t>(reader.take(2));
  return value < 60;
}

/// As many digits as a nanosecond has, and zeros after them.
bool read_exact_fraction(TimeReader& reader, std::int32_t& nanoseconds) {
  constexpr std::size_t kDigits = 9;
  for (std::size_t at = kDigits; at < reader.digits(); ++at) {
    if (reader.after(at) != '0') return false;
  }
  if (reader.digits() == 0) return false;
  nanoseconds = static_cast<std::int32_t>(reader.read_fraction());
  return true;
}

}  // namespace

std::optional<ClockTime> parse_clock(std::string_view text) {
  TimeReader reader(text);
  const bool is_negative = reader.skip('-');
  const std::size_t hour_digits = reader.digits();
  if (hour_digits < 1 || hour_digits > 3) return std::nullopt;
  const auto hours = static_cast<std::int64_t>(reader.take(hour_digits));
  std::int64_t minutes = 0;
  std::int64_t seconds = 0;
  if (!read_sixtieth(reader, minutes) || !read_sixtieth(reader, seconds)) return std::nullopt;
  ClockTime time{.seconds = hours * 3600 + minutes * 60 + seconds};
  if (reader.skip('.') && !read_exact_fraction(reader, time.nanoseconds)) return std::nullopt;
  if (!reader.at_end()) return std::nullopt;
  if (is_negative) time = {.seconds = -time.seconds, .nanoseconds = -time.nanoseconds};
  return time;
}

std::string_view format_clock(std::int64_t count, TimeUnit unit, ClockBuffer& buffer) {
  const ClockTime time = split_duration(count, unit);
  if (time.seconds < -kLastSecond || time.seconds > kLastSecond) return {};
  const auto seconds = static_cast<std::uint64_t>(std::abs(time.seconds));
  char* at = buffer.data();
  if (count < 0) *at++ = '-';
  at = write_digits(at, seconds / 3600, seconds < 360'000 ? 2 : 3);
  at = write_digits_after(at, ':', seconds / 60 % 60, 2);
  at = write_digits_after(at, ':', seconds % 60, 2);
  if (unit != TimeUnit::seconds) {
    const int digits = 3 * static_cast<int>(unit);
    const auto fraction = static_cast<std::uint64_t>(std::abs(time.nanoseconds));
    at = write_digits_after(at, '.', fraction / power_of_ten<std::uint64_t>(9 - digits), digits);
  }
  return {buffer.data(), at};
}

}  // namespace penstock
