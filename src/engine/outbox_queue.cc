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
  waiting_.push_back(std::move(sealed));
  ++open_;
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
  if (const auto log = only_log(delivered.sealed)) {
    on_their_way_.erase(*log);
    if (!delivered.outcome.ok()) give_up_behind(delivered);
  }
  finished_.push_back(std::move(delivered));
}

// A log that was lost and came back has another lease.
void OutboxQueue::give_up_behind(const Delivered& failed) {
  const auto goes_on = [&failed](const Sealed<Block>& sealed) {
    return only_log(sealed) != only_log(failed.sealed) || sealed.lease != failed.sealed.lease;
  };
  const auto behind = std::stable_partition(waiting_.begin(), waiting_.end(), goes_on);
  for (auto one = behind; one != waiting_.end(); ++one) {
    finished_.push_back({std::move(*one), failed.outcome.error(), {}});
  }
  waiting_.erase(behind, waiting_.end());
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
