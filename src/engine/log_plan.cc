#include "engine/log_plan.h"

#include <utility>

#include "base/check.h"

namespace penstock {

PlannedRange LogPlan::cut(std::int64_t first, std::int64_t last, std::int64_t now_ms) {
  if (again() == nullptr) {
    PENSTOCK_CHECK(!full(), "a full plan takes no more ranges");
    ranges_.push_back({first, last, now_ms});
    has_news_ = true;
  }
  return ranges_[cut_++];
}

void LogPlan::complete(std::size_t left, std::string position) {
  PENSTOCK_CHECK(left <= cut_, "no more ranges are on their way than were cut");
  for (; cut_ > left; --cut_) ranges_.pop_front();
  position_ = std::move(position);
  has_news_ = true;
}

LogPlan::Saying LogPlan::say() {
  has_news_ = false;
  return {position_, to_note({era_, {ranges_.begin(), ranges_.end()}})};
}

}  // namespace penstock
