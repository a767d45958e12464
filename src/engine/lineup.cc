#include "engine/lineup.h"

#include <algorithm>

namespace penstock {
namespace {

using namespace std::chrono_literals;

// A group tells its members of a change with their next heartbeat, and a log that moves
// takes two rounds.
constexpr auto kQuiet = 6s;
// A lane that cannot join must not hold the others for ever.
constexpr auto kPatience = 30s;

}  // namespace

void Lineup::report(std::size_t lane, const Standing& standing, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (began_at_ == Clock::time_point{}) began_at_ = changed_at_ = now;
  if (standings_[lane] == standing) return;
  standings_[lane] = standing;
  changed_at_ = now;
}

bool Lineup::may_read(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (reading_ || standings_.size() == 1) return true;
  if (began_at_ == Clock::time_point{}) return false;
  if (all([](const Standing& one) { return one.settled; })) {
    // An even spread is the last step: before it, the group takes from one to give to another.
    const std::size_t lanes = standings_.size();
    const bool even = all([lanes](const Standing& one) { return one.owned >= one.logs / lanes; });
    reading_ = (own_every_log() && even) || now - changed_at_ >= kQuiet;
  }
  reading_ |= now - began_at_ >= kPatience;
  return reading_;
}

bool Lineup::may_end(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (!ended_ && all([](const Standing& one) { return one.finished; })) {
    ended_ = standings_.size() == 1 || own_every_log() || now - changed_at_ >= kQuiet;
  }
  return ended_;
}

template <class Test>
bool Lineup::all(Test test) const {
  return std::all_of(standings_.begin(), standings_.end(), test);
}

bool Lineup::own_every_log() const {
  std::size_t owned = 0;
  std::size_t logs = 0;
  for (const Standing& one : standings_) {
    owned += one.owned;
    logs = std::max(logs, one.logs);
  }
  return owned >= logs;
}

}  // namespace penstock
