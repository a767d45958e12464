#pragma once

#include <atomic>
#include <chrono>

namespace penstock {

/// The right to send what was read from a log: it holds while nobody else can have been given
/// that log. The lane extends and ends it, delivery threads look at it before each attempt.
///
/// Threads: any.
class Lease {
 public:
  using Clock = std::chrono::steady_clock;

  void extend(Clock::time_point until) { until_.store(until, std::memory_order_release); }
  /// For good: the log is somebody else's, or will be.
  void end() { ended_.store(true, std::memory_order_release); }

  bool ended() const { return ended_.load(std::memory_order_acquire); }
  bool holds(Clock::time_point now) const {
    return !ended() && now < until_.load(std::memory_order_acquire);
  }

 private:
  std::atomic<Clock::time_point> until_{Clock::time_point{}};
  std::atomic<bool> ended_ = false;
};

}  // namespace penstock
