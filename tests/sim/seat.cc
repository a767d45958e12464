#include "seat.h"

#include <utility>

namespace penstock::sim {

void Seat::take() {
  join();
  beat();
}

void Seat::leave() {
  left_ = true;
  link_.to_broker([&group = group_, id = id_] { group.leave(id); });
}

void Seat::taken() {
  held_.insert(come_.begin(), come_.end());
  come_.clear();
  join_if_due();
}

std::vector<int> Seat::take_to_go() {
  leaving_.insert(to_go_.begin(), to_go_.end());
  return std::exchange(to_go_, {});
}

void Seat::released(const std::set<int>& partitions) {
  bool any = false;
  for (const int partition : partitions) {
    any |= leaving_.erase(partition) > 0;
    held_.erase(partition);
  }
  must_join_ |= any;
  join_if_due();
}

std::vector<int> Seat::take_lost() {
  must_join_ |= !lost_.empty();
  auto lost = std::exchange(lost_, {});
  join_if_due();
  return lost;
}

void Seat::commit(Positions positions, std::function<void(Answer)> answered) {
  link_.to_broker([&group = group_, &link = link_, id = id_, generation = generation_,
                   self = weak_from_this(), positions = std::move(positions),
                   answered = std::move(answered)]() mutable {
    const Answer answer = group.commit(id, generation, positions);
    link.to_process([self, id, answer, answered = std::move(answered)] {
      const auto alive = self.lock();
      if (!alive) return;
      answered(answer);
      if (answer == Answer::unknown_member && alive->id_ == id) alive->unknown();
    });
  });
}

void Seat::fetch(std::function<void(Positions)> answered) {
  link_.to_broker([&group = group_, &link = link_, &process = process_, self = weak_from_this(),
                   answered = std::move(answered)]() mutable {
    link.to_process([self, &process, stored = group.stored(), answered = std::move(answered)] {
      if (self.lock()) answered(stored);
      process.poke();
    });
  });
}

void Seat::assigned(int id, int generation, const std::vector<int>& come,
                    const std::vector<int>& go) {
  id_ = id;
  generation_ = generation;
  joining_ = false;
  come_.insert(come_.end(), come.begin(), come.end());
  to_go_.insert(to_go_.end(), go.begin(), go.end());
  process_.poke();
}

void Seat::must_join() {
  must_join_ = true;
  join_if_due();
}

// What it held may be somebody else's by now.
void Seat::unknown() {
  joining_ = false;
  if (std::exchange(id_, 0) == 0) return;
  lost_.assign(held_.begin(), held_.end());
  held_.clear();
  come_.clear();
  to_go_.clear();
  leaving_.clear();
  must_join_ = true;
  process_.poke();
  join_if_due();
}

void Seat::join() {
  joining_ = true;
  must_join_ = false;
  link_.to_broker(
      [&group = group_, &link = link_, id = id_, held = held_, self = weak_from_this()] {
        if (!self.lock() || group.join(id, held, link, self)) return;
        link.to_process([self] {
          if (const auto alive = self.lock()) alive->unknown();
        });
      });
}

void Seat::beat() {
  timeline_.after(kBeat, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self || self->left_) return;
    self->beat();
    if (self->id_ == 0 || self->process_.frozen()) return;
    self->link_.to_broker([&group = self->group_, &link = self->link_, id = self->id_, weak] {
      if (group.beat(id)) return;
      link.to_process([weak, id] {
        const auto alive = weak.lock();
        if (alive && alive->id_ == id) alive->unknown();
      });
    });
  });
}

// The group waits for the answer to a round before it names anything else.
void Seat::join_if_due() {
  const bool is_open = !come_.empty() || !to_go_.empty() || !leaving_.empty() || !lost_.empty();
  if (must_join_ && !joining_ && !is_open && !left_) join();
}

}  // namespace penstock::sim
