#include "base/backoff.h"

#include <algorithm>

namespace penstock {

std::chrono::milliseconds Backoff::next() {
  const auto whole = next_;
  next_ = std::min(next_ * 2, most_);
  const auto half = whole.count() / 2;
  std::uniform_int_distribution<std::int64_t> spread(0, half);
  return std::chrono::milliseconds(whole.count() - half + spread(random_));
}

}  // namespace penstock
