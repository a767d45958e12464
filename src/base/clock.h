#pragma once

#include <chrono>
#include <cstdint>

namespace penstock {

/// Milliseconds since 1970 UTC, by the machine's clock. For people and tables;
/// waiting and measuring use std::chrono::steady_clock.
inline std::int64_t wall_clock_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace penstock
