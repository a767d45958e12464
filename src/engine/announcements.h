#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "contract/lease.h"
#include "contract/ledger.h"
#include "contract/sink.h"
#include "contract/source.h"
#include "engine/log_plan.h"
#include "engine/open_range.h"

namespace penstock {

/// Holds sealed blocks back until their range is announced: stored with the group's position, by
/// us as the log's owner (docs/adr/0004). One commit announces new ranges and completes old ones.
///
/// Threads: one lane.
class Announcements {
 public:
  explicit Announcements(const Clock& clock) : clock_(clock) {}

  /// What a range's blocks travel with.
  struct Label {
    std::string delivery_id;
    std::optional<SourceRange> range;
    std::shared_ptr<const Lease> lease;
  };

  /// A log that is ours from now on. Errors: engine.plan.
  Status gain(const Gained& gained);
  /// Somebody else's from now on: nothing of it is sent any more. Returns what was held back.
  std::vector<Sealed<Block>> drop(LogId log);

  /// The range to cut again next; see LogPlan::again().
  const PlannedRange* again(LogId log) const { return logs_.at(log).plan.again(); }
  bool full(LogId log) const { return logs_.at(log).plan.full(); }
  std::optional<std::int64_t> planned_end(LogId log) const { return logs_.at(log).plan.end(); }
  bool any_full() const;

  /// Plans what `cover` holds.
  Label cut(const Cover& cover);
  /// To be sent once its range is announced.
  void hold(LogId log, Sealed<Block> sealed);
  /// Returns what is held back of a log that is about to leave; it will not be sent.
  std::vector<Sealed<Block>> take_held(LogId log);
  bool holds_any() const;
  /// The group takes one of these logs for ours, as far as we know.
  bool any_ours(const std::vector<LogId>& logs) const;

  /// What is to be stored now: news of logs, and what keeps leases alive while blocks are on
  /// their way.
  std::vector<ResumePoint> take_points(OffsetLedger& ledger);
  /// Takes in what was stored.
  void confirm(const Stored& stored);
  /// Returns what may be sent by now, and has not been returned before.
  std::vector<Sealed<Block>> take_announced();

 private:
  struct Held {
    Sealed<Block> sealed;
    std::uint64_t number = 0;  // it is announced by this resume point of its log, or a later one
  };
  struct Log {
    LogPlan plan;
    std::shared_ptr<Lease> lease = std::make_shared<Lease>();
    std::uint64_t first_number = 0;  // of its resume points since we have it; 0: none yet
    std::uint64_t confirmed = 0;     // number of the newest one that was stored
    Clock::time_point renew_at = Clock::time_point::max();
    std::deque<Held> held;
  };

  const Clock& clock_;
  std::map<LogId, Log> logs_;
  std::uint64_t number_ = 0;  // of the last resume point, of whatever log
};

}  // namespace penstock
