#include "engine/outbox_queue.h"

#include <utility>

namespace penstock {

void OutboxQueue::put(Sealed<Block> sealed) {
  waiting_.push_back(std::move(sealed));
  ++open_;
}

std::optional<Sealed<Block>> OutboxQueue::take_next() {
  if (!has_next()) return std::nullopt;
  Sealed<Block> next = std::move(waiting_.front());
  waiting_.pop_front();
  return next;
}

std::vector<Delivered> OutboxQueue::take_finished() {
  open_ -= finished_.size();
  return std::exchange(finished_, {});
}

}  // namespace penstock
