#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/column_writer.h"

namespace penstock {

/// A time of day or a length of time: below zero both parts are.
struct ClockTime {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;
};

constexpr ClockTime split_duration(std::int64_t count, TimeUnit unit) {
  constexpr std::int64_t kPerSecond[] = {1, 1'000, 1'000'000, 1'000'000'000};
  const std::int64_t per_second = kPerSecond[static_cast<int>(unit)];
  return {
      .seconds = count / per_second,
      .nanoseconds = static_cast<std::int32_t>(count % per_second * (1'000'000'000 / per_second))};
}

/// Reads [-]h:mm:ss[.fff] with one to three digits of hours. Stricter than ClickHouse,
/// which takes "12:34" as minutes and seconds and carries 70 minutes on. Empty also
/// for digits below a nanosecond that are not zero.
std::optional<ClockTime> parse_clock(std::string_view text);

/// Room for the longest text of a clock time.
using ClockBuffer = std::array<char, 32>;

/// "-01:02:03.500", as ClickHouse spells Time and Time64, with the digits of the unit.
/// Lies in `buffer`; empty beyond 999:59:59.
std::string_view format_clock(std::int64_t count, TimeUnit unit, ClockBuffer& buffer);

}  // namespace penstock
