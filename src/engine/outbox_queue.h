#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "engine/delivery.h"

namespace penstock {

/// The blocks of an outbox: which is delivered next, and what became of the others. No waiting, no
/// lock: whoever has it sees to those.
///
/// Blocks that hold a range of one log leave one after another, so that its rows reach the table
/// in their order; those of different logs, and those of several, go side by side. None of them
/// leaves after one that failed: they come back as it does.
class OutboxQueue {
 public:
  void put(Sealed<Block> sealed);
  /// The block to deliver next; none while there is nothing to do.
  std::optional<Sealed<Block>> take_next();
  bool has_next() const { return next() != waiting_.end(); }

  void finish(Delivered delivered);
  bool has_finished() const { return !finished_.empty(); }
  std::vector<Delivered> take_finished();

  /// Put in and not yet taken back.
  std::size_t open() const { return open_; }

 private:
  struct Failure {
    std::shared_ptr<const Lease> lease;  // a log that was lost and came back has another
    Error error;
  };

  const Failure* failure_before(const Sealed<Block>& sealed) const;
  std::deque<Sealed<Block>>::const_iterator next() const;

  std::deque<Sealed<Block>> waiting_;
  std::set<LogId> on_their_way_;  // logs that have a range taken and not finished
  std::map<LogId, Failure> failed_;
  std::vector<Delivered> finished_;
  std::size_t open_ = 0;
};

}  // namespace penstock
