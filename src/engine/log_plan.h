#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "engine/delivery_plan.h"

namespace penstock {

/// The ranges of one log that are on their way, and what of them its next commit has to say.
///
/// A range is planned when it is cut and complete when all it became is stored. Ranges that
/// somebody else planned before come first: they are cut again with the same bounds.
/// No I/O, no clock. Threads: the owning lane.
class LogPlan {
 public:
  /// `found` was stored with `position`, where reading begins.
  LogPlan(DeliveryPlan found, std::string position)
      : era_(std::move(found.era)),
        ranges_(found.ranges.begin(), found.ranges.end()),
        position_(std::move(position)),
        has_news_(!ranges_.empty()) {}

  /// The range to cut next, when it is one to be cut again.
  const PlannedRange* again() const { return cut_ < ranges_.size() ? &ranges_[cut_] : nullptr; }
  /// No more may be cut before some are complete.
  bool full() const { return again() == nullptr && ranges_.size() >= kMostPlannedRanges; }

  /// Everything up to `last` was read: the range to cut again when there is one, else
  /// [first, last]. Not while full().
  PlannedRange cut(std::int64_t first, std::int64_t last, std::int64_t now_ms);
  /// All but the newest `left` of the ranges cut are complete, and the log is to be resumed
  /// at `position`.
  void complete(std::size_t left, std::string position);

  /// What there is to say was not said yet.
  bool has_news() const { return has_news_; }
  /// Says it: `position` and a note to store with it.
  struct Saying {
    std::string position;
    std::string note;
  };
  Saying say();

  const std::string& era() const { return era_; }
  /// Behind the last range planned; none where no range is.
  std::optional<std::int64_t> end() const {
    return ranges_.empty() ? std::nullopt : std::optional(ranges_.back().last + 1);
  }

 private:
  std::string era_;
  std::deque<PlannedRange> ranges_;
  std::size_t cut_ = 0;  // of `ranges_`, the first so many
  std::string position_;
  bool has_news_;  // first that ranges to be cut again have a new owner
};

}  // namespace penstock
