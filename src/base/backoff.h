#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace penstock {

/// Waiting times that double from `first` to `most`, each spread over half of
/// itself so that many waiters do not come back together.
class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds most, std::uint64_t seed)
      : first_(first), most_(most), next_(first), random_(seed) {}

  std::chrono::milliseconds next();
  void reset() { next_ = first_; }

 private:
  const std::chrono::milliseconds first_;
  const std::chrono::milliseconds most_;
  std::chrono::milliseconds next_;
  std::minstd_rand random_;
};

}  // namespace penstock
