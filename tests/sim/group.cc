#include "group.h"

#include <algorithm>
#include <utility>

#include "engine/delivery_plan.h"

namespace penstock::sim {
namespace {

/// The same plan as if it had no ranges.
std::string without_bounds(const std::string& note) {
  const auto plan = read_note(note);
  if (!plan.ok() || !plan.value()) return note;
  return to_note({.era = plan.value()->era, .ranges = {}});
}

}  // namespace

Group::Group(Timeline& timeline, Random& random, Story& story, const Weather& weather)
    : timeline_(timeline), random_(random), story_(story), weather_(weather) {
  look_for_the_dead();
}

bool Group::join(int id, std::set<int> held, Link& link, const Listener& listener) {
  if (id != 0 && !members_.contains(id)) return false;
  if (id == 0) id = ++last_id_;
  story_.tell("group: member {} joins", id);
  members_[id] = {.held = std::move(held),
                  .joined = true,
                  .heard_of = timeline_.now(),
                  .link = &link,
                  .listener = listener};
  in_round_ = true;
  end_round_when_all_joined();
  return true;
}

bool Group::beat(int id) {
  const auto found = members_.find(id);
  if (found == members_.end()) return false;
  found->second.heard_of = timeline_.now();
  if (in_round_ && !found->second.joined) {
    tell(found->second, [](GroupListener& listener) { listener.must_join(); });
  }
  return true;
}

void Group::leave(int id) {
  if (members_.erase(id) == 0) return;
  story_.tell("group: member {} leaves", id);
  in_round_ = true;
  end_round_when_all_joined();
}

Answer Group::commit(int id, int generation, const Positions& positions) {
  const auto found = members_.find(id);
  const bool is_fenced = weather_.without != Part::fencing;
  if (is_fenced && found == members_.end()) return Answer::unknown_member;
  if (is_fenced && generation != generation_) return Answer::illegal_generation;
  if (found != members_.end()) found->second.heard_of = timeline_.now();
  for (const auto& [partition, position] : positions) {
    story_.tell("group: member {} stores {} of partition {}: {}", id, position.offset, partition,
                position.note);
    on_commit(partition, position.offset);
    stored_[partition] = position;
    if (weather_.without == Part::plan) stored_[partition].note.clear();
    if (weather_.without == Part::bounds) stored_[partition].note = without_bounds(position.note);
  }
  return Answer::ok;
}

// A member that has joined hears of the group next, not the group of it.
void Group::look_for_the_dead() {
  std::vector<int> dead;
  for (const auto& [id, member] : members_) {
    if (!member.joined && timeline_.now() - member.heard_of >= kSession) dead.push_back(id);
  }
  for (const int id : dead) {
    story_.tell("group: the session of member {} ran out", id);
    members_.erase(id);
  }
  in_round_ |= !dead.empty();
  end_round_when_all_joined();
  timeline_.after(milliseconds(50), [this] { look_for_the_dead(); });
}

void Group::end_round_when_all_joined() {
  if (!in_round_ || members_.empty()) return;
  for (const auto& [id, member] : members_) {
    if (!member.joined) return;
  }
  in_round_ = false;
  ++generation_;
  std::map<int, std::set<int>> dealt = deal();
  for (auto& [id, member] : members_) {
    std::vector<int> come;
    std::vector<int> go;
    std::ranges::set_difference(dealt[id], member.held, std::back_inserter(come));
    std::ranges::set_difference(member.held, dealt[id], std::back_inserter(go));
    story_.tell("group: generation {}: member {} has {} partitions, {} come, {} are to go",
                generation_, id, member.held.size(), come.size(), go.size());
    member.held.insert(come.begin(), come.end());
    member.joined = false;
    member.heard_of = timeline_.now();
    tell(member, [id, come, go, generation = generation_](GroupListener& listener) {
      listener.assigned(id, generation, come, go);
    });
  }
}

// As even as can be, with as few moves as that takes. What is to go goes to nobody in this round.
std::map<int, std::set<int>> Group::deal() {
  std::vector<int> ids;
  std::set<int> free;
  for (int partition = 0; partition < weather_.partitions; ++partition) free.insert(partition);
  for (const auto& [id, member] : members_) {
    ids.push_back(id);
    for (const int partition : member.held) free.erase(partition);
  }
  std::ranges::shuffle(ids, random_.source());
  std::ranges::stable_sort(ids, std::greater{},
                           [this](int id) { return members_[id].held.size(); });
  std::map<int, std::set<int>> dealt;
  std::size_t left = ids.size();
  auto open = static_cast<std::size_t>(weather_.partitions);
  for (const int id : ids) {
    const std::size_t share = (open + left - 1) / left;
    open -= share;
    --left;
    std::set<int>& own = dealt[id];
    for (const int partition : members_[id].held) {
      if (own.size() < share) own.insert(partition);
    }
    while (own.size() < share && !free.empty()) {
      own.insert(*free.begin());
      free.erase(free.begin());
    }
  }
  return dealt;
}

void Group::tell(Member& member, std::function<void(GroupListener&)> what) {
  member.link->to_process([listener = member.listener, what = std::move(what)] {
    if (const auto alive = listener.lock()) what(*alive);
  });
}

}  // namespace penstock::sim
