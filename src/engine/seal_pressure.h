#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "engine/block_growth.h"

namespace penstock {

/// How far the blocks of a pipe depart from their usual size: they are larger, and wait longer,
/// while the table has too many parts, and smaller while memory is short, which goes first. Each
/// push doubles or halves, up to 16 times; each quiet time takes one step back. A step back that
/// proves too early doubles the quiet time.
///
/// Threads: any. The mutex is taken once per poll of a lane.
class SealPressure {
 public:
  using Clock = std::chrono::steady_clock;
  /// One sentence when this was a change, for the log.
  using Said = std::optional<std::string>;

  explicit SealPressure(Clock::duration quiet = std::chrono::minutes(1)) : first_quiet_(quiet) {}

  /// An insert was refused because the table has too many parts.
  Said too_many_parts(Clock::time_point now);
  /// What lanes fill takes more memory than there is, before it reaches its size.
  Said short_of_memory(Clock::time_point now);
  /// To be called often.
  Said relax(Clock::time_point now);

  /// Never above `largest`, where that is more than `usual`; no block waits longer than a minute
  /// for it.
  SealPolicy limits(const SealPolicy& usual, const SealPolicy& largest) const;

 private:
  Said push(int direction, const char* cause, Clock::time_point now);
  std::string described() const;

  const Clock::duration first_quiet_;
  mutable std::mutex mutex_;  // guards all below
  int step_ = 0;              // doublings; below zero, halvings
  Clock::duration quiet_ = first_quiet_;
  std::optional<Clock::time_point> pushed_at_;
  std::optional<Clock::time_point> relaxed_at_;
};

}  // namespace penstock
