#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "engine/delivery.h"

namespace penstock {

/// The blocks of an outbox: which is delivered next, and what became of the others. No waiting, no
/// lock: whoever has it sees to those.
class OutboxQueue {
 public:
  void put(Sealed<Block> sealed);
  /// The block to deliver next; none while there is nothing to do.
  std::optional<Sealed<Block>> take_next();
  bool has_next() const { return !waiting_.empty(); }

  void finish(Delivered delivered) { finished_.push_back(std::move(delivered)); }
  bool has_finished() const { return !finished_.empty(); }
  std::vector<Delivered> take_finished();

  /// Put in and not yet taken back.
  std::size_t open() const { return open_; }

 private:
  std::deque<Sealed<Block>> waiting_;
  std::vector<Delivered> finished_;
  std::size_t open_ = 0;
};

}  // namespace penstock
