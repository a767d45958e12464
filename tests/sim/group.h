#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "link.h"
#include "story.h"

namespace penstock::sim {

/// What the group stores of one partition.
struct Position {
  std::int64_t offset = 0;
  std::string note;
};
using Positions = std::map<int, Position>;  // by partition

enum class Answer : std::uint8_t { ok, illegal_generation, unknown_member, none };

/// What a member hears of its group, some time after it was said.
class GroupListener {
 public:
  virtual ~GroupListener() = default;
  /// A round is over: these come, those are to be given back.
  virtual void assigned(int id, int generation, const std::vector<int>& come,
                        const std::vector<int>& go) = 0;
  /// A round has begun: join again.
  virtual void must_join() = 0;
  /// The group took it for dead.
  virtual void unknown() = 0;
};

/// The coordinator of a consumer group, as Kafka's is with cooperative members: rounds, each of
/// which ends when all members have joined again; generations; sessions that run out; positions
/// that only a member of the present generation may store.
class Group {
 public:
  using Listener = std::weak_ptr<GroupListener>;

  Group(Timeline& timeline, Random& random, Story& story, const Weather& weather);

  /// `id`: 0 of a new member. `held`: what it has. False when the group does not know it.
  bool join(int id, std::set<int> held, Link& link, const Listener& listener);
  /// Likewise.
  bool beat(int id);
  void leave(int id);
  Answer commit(int id, int generation, const Positions& positions);
  const Positions& stored() const { return stored_; }

  /// Called before a position is stored.
  std::function<void(int partition, std::int64_t offset)> on_commit;

 private:
  struct Member {
    std::set<int> held;
    bool joined = false;
    Time heard_of{};
    Link* link = nullptr;
    Listener listener;
  };
  using Members = std::map<int, Member>;

  void look_for_the_dead();
  void end_round_when_all_joined();
  /// How many partitions each member gets, and which of its own it keeps.
  std::map<int, std::set<int>> deal();
  void tell(Member& member, std::function<void(GroupListener&)> what);

  Timeline& timeline_;
  Random& random_;
  Story& story_;
  const Weather& weather_;
  Members members_;
  int last_id_ = 0;
  int generation_ = 0;
  bool in_round_ = false;
  Positions stored_;
};

constexpr milliseconds kSession{1'000};
constexpr milliseconds kBeat{150};  // between heartbeats

}  // namespace penstock::sim
