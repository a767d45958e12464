#include "engine/outbox_queue.h"

#include <algorithm>
#include <utility>

namespace penstock {
namespace {

std::optional<LogId> only_log(const Sealed<Block>& sealed) {
  return sealed.range ? std::optional(sealed.tickets.front().log) : std::nullopt;
}

}  // namespace

void OutboxQueue::put(Sealed<Block> sealed) {
  ++open_;
  if (const Failure* failed = failure_before(sealed)) {
    finished_.push_back({std::move(sealed), failed->error, {}});
  } else {
    waiting_.push_back(std::move(sealed));
  }
}

std::optional<Sealed<Block>> OutboxQueue::take_next() {
  const auto chosen = waiting_.begin() + (next() - waiting_.begin());
  if (chosen == waiting_.end()) return std::nullopt;
  Sealed<Block> taken = std::move(*chosen);
  waiting_.erase(chosen);
  if (const auto log = only_log(taken)) on_their_way_.insert(*log);
  return taken;
}

void OutboxQueue::finish(Delivered delivered) {
  const auto log = only_log(delivered.sealed);
  if (log) on_their_way_.erase(*log);
  const bool has_failed = log && !delivered.outcome.ok();
  if (has_failed) {
    failed_.insert_or_assign(*log, Failure{delivered.sealed.lease, delivered.outcome.error()});
  }
  finished_.push_back(std::move(delivered));
  if (!has_failed) return;
  open_ -= waiting_.size();  // until they are put again
  for (Sealed<Block>& sealed : std::exchange(waiting_, {})) put(std::move(sealed));
}

const OutboxQueue::Failure* OutboxQueue::failure_before(const Sealed<Block>& sealed) const {
  const auto log = only_log(sealed);
  const auto found = log ? failed_.find(*log) : failed_.end();
  return found != failed_.end() && found->second.lease == sealed.lease ? &found->second : nullptr;
}

// The oldest block that need not wait for another of its log.
std::deque<Sealed<Block>>::const_iterator OutboxQueue::next() const {
  return std::ranges::find_if(waiting_, [this](const Sealed<Block>& sealed) {
    const std::optional<LogId> log = only_log(sealed);
    return !log || !on_their_way_.contains(*log);
  });
}

std::vector<Delivered> OutboxQueue::take_finished() {
  open_ -= finished_.size();
  return std::exchange(finished_, {});
}

}  // namespace penstock
