#include "timeline.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace penstock::sim {

void Timeline::at(Time when, Event event) {
  heap_.push_back({std::max(when, now_), ++asked_, std::move(event)});
  std::ranges::push_heap(heap_, comes_later);
}

void Timeline::step() {
  PENSTOCK_CHECK(!heap_.empty(), "a simulated world has something to happen");
  std::ranges::pop_heap(heap_, comes_later);
  const Entry next = std::move(heap_.back());
  heap_.pop_back();
  now_ = next.when;
  ++steps_;
  next.event();
}

bool Timeline::comes_later(const Entry& left, const Entry& right) {
  return left.when != right.when ? left.when > right.when : left.number > right.number;
}

}  // namespace penstock::sim
