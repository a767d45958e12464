#include "link.h"

namespace penstock::sim {

using std::chrono::microseconds;

void Link::send(Direction& direction, Message message) {
  const bool is_late = !calm_ && random_.chance(weather_.late_messages);
  const bool is_slow = random_.chance(5);
  const microseconds latency(random_.between(100, is_late ? 800'000 : is_slow ? 60'000 : 3'000));
  direction.last = std::max(direction.last, timeline_.now() + latency);
  timeline_.at(direction.last, [this, &direction, message = std::move(message)]() mutable {
    arrive(direction, std::move(message));
  });
}

void Link::arrive(Direction& direction, Message message) {
  if (dead_ && (cut_ || &direction == &in_)) return;
  if (holds_up(direction) || !direction.held_up.empty()) {
    direction.held_up.push_back(std::move(message));
  } else {
    message();
  }
}

// Also to be called when the process goes on.
void Link::mend() {
  cut_ = false;
  for (Direction* direction : {&out_, &in_}) {
    while (!direction->held_up.empty() && !holds_up(*direction)) {
      Message message = std::move(direction->held_up.front());
      direction->held_up.pop_front();
      message();
    }
  }
}

}  // namespace penstock::sim
