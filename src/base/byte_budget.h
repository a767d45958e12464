#pragma once

#include <atomic>
#include <cstddef>

namespace penstock {

/// Counts bytes held by a pipe, a lane or the process. Takes never fail: the
/// holder asks above_high_mark() and stops asking the source for more.
/// Threads: any.
class ByteBudget {
 public:
  ByteBudget(std::size_t limit, ByteBudget* parent) : limit_(limit), parent_(parent) {}

  void take(std::size_t bytes) {
    used_.fetch_add(bytes, std::memory_order_relaxed);
    if (parent_ != nullptr) parent_->take(bytes);
  }
  void give_back(std::size_t bytes) {
    used_.fetch_sub(bytes, std::memory_order_relaxed);
    if (parent_ != nullptr) parent_->give_back(bytes);
  }

  std::size_t used() const { return used_.load(std::memory_order_relaxed); }
  bool above_high_mark() const { return over(limit_) || (parent_ && parent_->above_high_mark()); }
  bool below_low_mark() const {
    return !over(limit_ / 2) && (!parent_ || parent_->below_low_mark());
  }

 private:
  bool over(std::size_t mark) const { return used() > mark; }

  const std::size_t limit_;
  ByteBudget* const parent_;
  std::atomic<std::size_t> used_{0};
};

}  // namespace penstock
