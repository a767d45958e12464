#include "engine/block_growth.h"

#include <algorithm>

namespace penstock {

BlockGrowth::BlockGrowth(const SealPolicy& steady, const SealPolicy& largest)
    : steady_(steady),
      largest_{.rows = std::max(steady.rows, largest.rows),
               .bytes = std::max(steady.bytes, largest.bytes),
               .age = steady.age} {}

SealPolicy BlockGrowth::limits(std::int64_t lag) const {
  SealPolicy limits = steady_;
  limits.rows = std::clamp(static_cast<std::size_t>(std::max<std::int64_t>(lag, 0)), steady_.rows,
                           largest_.rows);
  const double factor = static_cast<double>(limits.rows) / static_cast<double>(steady_.rows);
  limits.bytes = static_cast<std::size_t>(
      std::min(static_cast<double>(steady_.bytes) * factor, static_cast<double>(largest_.bytes)));
  return limits;
}

}  // namespace penstock
