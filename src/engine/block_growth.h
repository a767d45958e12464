#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace penstock {

/// When an open block is sealed: at the first of the three.
struct SealPolicy {
  std::size_t rows = 100'000;
  std::size_t bytes = 32u << 20;
  std::chrono::milliseconds age{5000};
};

/// How large blocks become. A larger insert costs the server less per row (fewer parts, fewer
/// merges), a smaller one is sooner visible; so blocks grow while a lane is behind.
///
/// A block may grow as long as more is still to come than it holds: so it takes half of a
/// backlog, the other half is decoded while it travels, and the size shrinks by itself as the
/// lane catches up. Bytes grow in step with rows. No clock, no I/O; never changes once made.
class BlockGrowth {
 public:
  /// Blocks have the `steady` size, and up to the `largest` while behind. The age is that of
  /// `steady` always.
  BlockGrowth(const SealPolicy& steady, const SealPolicy& largest);

  /// `lag`: records between the lane and the end of its logs.
  SealPolicy limits(std::int64_t lag) const;

 private:
  const SealPolicy steady_;
  const SealPolicy largest_;
};

}  // namespace penstock
