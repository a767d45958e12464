#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>

namespace penstock {

/// Time, and waiting for it. Parts whose waits decide what happens get theirs with their
/// constructor, so that a simulated world can have its own. Threads: any.
class Clock {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  virtual ~Clock() = default;
  /// For waiting and measuring: never set back.
  virtual time_point now() const = 0;
  /// Milliseconds since 1970 UTC, for people and tables.
  virtual std::int64_t wall_ms() const = 0;
  /// Waits, but not past a stop request. Returns false when it was asked to stop.
  virtual bool sleep(const std::stop_token& stop, std::chrono::milliseconds time) const = 0;
};

/// The machine's.
const Clock& machine_clock();

/// Shorthand for machine_clock().wall_ms(), where no test needs another time.
std::int64_t wall_clock_ms();

}  // namespace penstock
