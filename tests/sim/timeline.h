#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/clock.h"

namespace penstock::sim {

using std::chrono::milliseconds;
using Time = Clock::time_point;

/// Virtual time: what is to happen, in order. Nothing happens between two events, so the clock
/// jumps from one to the next.
class Timeline {
 public:
  using Event = std::function<void()>;

  Time now() const { return now_; }
  std::uint64_t steps() const { return steps_; }

  /// Events of one moment happen in the order they were asked for.
  void at(Time when, Event event);
  void after(Clock::time_point::duration wait, Event event) { at(now_ + wait, std::move(event)); }

  /// Goes on to the next event. There must be one: the world has its heartbeats.
  void step();

 private:
  struct Entry {
    Time when;
    std::uint64_t number = 0;
    Event event;
  };
  static bool comes_later(const Entry& left, const Entry& right);

  std::vector<Entry> heap_;
  Time now_{std::chrono::hours(1)};  // leases that were never extended have run out
  std::uint64_t steps_ = 0;
  std::uint64_t asked_ = 0;
};

}  // namespace penstock::sim
