#pragma once

#include <cstdint>

namespace penstock::produce {

/// SplitMix64: small, fast, and the same everywhere, unlike the standard's distributions.
class Random {
 public:
  explicit Random(std::uint64_t state) : state_(state) {}

  std::uint64_t next() {
    std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
  }

  std::uint64_t below(std::uint64_t limit) { return next() % limit; }

  /// Small numbers more often than large ones, as users and countries are spread in life.
  std::uint64_t skewed_below(std::uint64_t limit) { return below(below(limit) + 1); }

 private:
  std::uint64_t state_;
};

}  // namespace penstock::produce
