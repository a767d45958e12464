#include "engine/seal_pressure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace penstock {
namespace {

using namespace std::chrono_literals;

constexpr int kMostSteps = 4;
constexpr auto kStepAfter = 5s;  // inserts side by side meet the same trouble
constexpr auto kLongestQuiet = 16min;
constexpr std::chrono::milliseconds kLongestAge = 60s;
constexpr std::size_t kFewestRows = 1000;
constexpr std::size_t kFewestBytes = 256u << 10;

std::size_t larger(std::size_t usual, int step, std::size_t most) {
  return std::min(usual << step, std::max(usual, most));
}

std::size_t smaller(std::size_t usual, int step, std::size_t least) {
  return std::max(usual >> step, std::min(usual, least));
}

}  // namespace

SealPressure::Said SealPressure::too_many_parts(Clock::time_point now) {
  return push(+1, "the table has too many parts", now);
}

SealPressure::Said SealPressure::short_of_memory(Clock::time_point now) {
  return push(-1, "memory is short", now);
}

SealPressure::Said SealPressure::push(int direction, const char* cause, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (pushed_at_ && now - *pushed_at_ < kStepAfter) return std::nullopt;
  if (direction > 0 && step_ < 0) return std::nullopt;
  const bool too_early = relaxed_at_ && now - *relaxed_at_ < 2 * quiet_;
  quiet_ = too_early ? std::min<Clock::duration>(2 * quiet_, kLongestQuiet) : first_quiet_;
  pushed_at_ = now;
  const int before = step_;
  step_ = std::clamp(step_ + direction, -kMostSteps, kMostSteps);
  if (step_ == before) return std::nullopt;
  return fmt::format("{}: {}", cause, described());
}

SealPressure::Said SealPressure::relax(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (step_ == 0) return std::nullopt;
  const auto since = relaxed_at_ ? std::max(*pushed_at_, *relaxed_at_) : *pushed_at_;
  if (now - since < quiet_) return std::nullopt;
  step_ += step_ > 0 ? -1 : 1;
  relaxed_at_ = now;
  return described();
}

SealPolicy SealPressure::limits(const SealPolicy& usual, const SealPolicy& largest) const {
  const std::lock_guard lock(mutex_);
  if (step_ < 0) {
    return {.rows = smaller(usual.rows, -step_, kFewestRows),
            .bytes = smaller(usual.bytes, -step_, kFewestBytes),
            .age = usual.age};
  }
  return {.rows = larger(usual.rows, step_, largest.rows),
          .bytes = larger(usual.bytes, step_, largest.bytes),
          .age = std::min(usual.age * (1 << step_), std::max(usual.age, kLongestAge))};
}

std::string SealPressure::described() const {
  if (step_ == 0) return "blocks have their usual size again";
  const int times = 1 << std::abs(step_);
  if (step_ < 0) return fmt::format("blocks are {} times smaller than usual", times);
  return fmt::format("blocks may be {0} times as large as usual and wait {0} times as long", times);
}

}  // namespace penstock
