#pragma once

#include <cstdint>

#include "model/column/decimal_text.h"
#include "model/column_writer.h"

namespace penstock {

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

/// A moment as whole seconds since 1970 UTC and what comes after them.
struct UtcTime {
  std::int64_t seconds = 0;
  std::uint32_t nanoseconds = 0;
};

constexpr UtcTime split_time(std::int64_t count, TimeUnit unit) {
  const int digits = 3 * static_cast<int>(unit);
  const auto per_second = power_of_ten<std::int64_t>(digits);
  const std::int64_t seconds = floor_divide(count, per_second);
  const std::int64_t rest = count - seconds * per_second;
  return {.seconds = seconds,
          .nanoseconds = static_cast<std::uint32_t>(rest * power_of_ten<std::int64_t>(9 - digits))};
}

}  // namespace penstock
