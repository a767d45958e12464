#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "contract/source.h"
#include "engine/pipe_events.h"
#include "engine/progress.h"

namespace penstock {

/// Records that were gone before they were read: says which, counts them, and ends the lane where
/// the source does not pass over them, for then a person has to decide.
///
/// Threads: one lane.
class DataLoss {
 public:
  DataLoss(PipeEvents& events, Progress& progress) : events_(events), progress_(progress) {}

  void add(const std::vector<LostOffsets>& lost, Clock::time_point now);

  /// Something is lost that was not passed over.
  bool stands() const { return !standing_.empty(); }
  /// That has been so for a moment: other logs of the topic met the same and are named, too.
  bool must_end(Clock::time_point now) const { return since_ && now - *since_ >= kMoment; }
  /// kafka.data_loss, with all that stands; Recovery::stop.
  Error error() const;

 private:
  static constexpr std::chrono::seconds kMoment{1};

  PipeEvents& events_;
  Progress& progress_;
  std::vector<LostOffsets> standing_;
  std::optional<Clock::time_point> since_;
};

}  // namespace penstock
