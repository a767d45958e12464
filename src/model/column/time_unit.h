#pragma once

#include <cstdint>

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

template <std::int64_t kPerSecond>
constexpr UtcTime split_count(std::int64_t count) {
  const std::int64_t rest = count % kPerSecond;  // before 1970 negative
  const std::int64_t ticks = rest < 0 ? rest + kPerSecond : rest;
  return {.seconds = floor_divide(count, kPerSecond),
          .nanoseconds = static_cast<std::uint32_t>(ticks * (1'000'000'000 / kPerSecond))};
}

constexpr UtcTime split_time(std::int64_t count, TimeUnit unit) {
  // Dividing by a constant is several times cheaper than by a variable.
  switch (unit) {
    case TimeUnit::seconds: return {.seconds = count};
    case TimeUnit::milliseconds: return split_count<1'000>(count);
    case TimeUnit::microseconds: return split_count<1'000'000>(count);
    case TimeUnit::nanoseconds: break;
  }
  return split_count<1'000'000'000>(count);
}

}  // namespace penstock
