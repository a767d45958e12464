#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <utility>

#include "tasks.h"
#include "weather.h"

namespace penstock::sim {

/// The connection between a process and the broker: messages arrive in order, sooner or later,
/// while it is cut only when it is mended. What has left a process that dies mostly arrives.
class Link {
 public:
  using Message = std::function<void()>;

  Link(Timeline& timeline, Random& random, const Weather& weather, const Tasks& process,
       const bool& calm)
      : timeline_(timeline), random_(random), weather_(weather), process_(process), calm_(calm) {}

  void to_broker(Message message) { send(out_, std::move(message)); }
  void to_process(Message message) { send(in_, std::move(message)); }

  void cut() { cut_ = true; }
  void mend();
  bool is_cut() const { return cut_; }
  void die() { dead_ = true; }
  bool dead() const { return dead_; }

 private:
  struct Direction {
    Time last{};
    std::deque<Message> held_up;
  };
  void send(Direction& direction, Message message);
  void arrive(Direction& direction, Message message);
  bool holds_up(const Direction& direction) const {
    return cut_ || (&direction == &in_ && process_.frozen());
  }

  Timeline& timeline_;
  Random& random_;
  const Weather& weather_;
  const Tasks& process_;
  const bool& calm_;
  Direction out_;
  Direction in_;
  bool cut_ = false;
  bool dead_ = false;
};

}  // namespace penstock::sim
