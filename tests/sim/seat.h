#pragma once

#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "group.h"

namespace penstock::sim {

/// A process's place in the group, as its client keeps it on threads of its own: heartbeats,
/// rounds, requests. What comes and goes waits here until the source has taken it.
class Seat final : public GroupListener, public std::enable_shared_from_this<Seat> {
 public:
  Seat(Timeline& timeline, Group& group, Link& link, Tasks& process)
      : timeline_(timeline), group_(group), link_(link), process_(process) {}

  /// Joins the group, and keeps a seat in it from now on.
  void take();
  /// Says good-bye.
  void leave();

  bool has_news() const { return !come_.empty() || !to_go_.empty() || !lost_.empty(); }
  const std::vector<int>& come() const { return come_; }
  /// What came is taken.
  void taken();
  std::vector<int> take_to_go();
  /// All that was to go is given back.
  void released(const std::set<int>& partitions);
  std::vector<int> take_lost();

  void commit(Positions positions, std::function<void(Answer)> answered);
  void fetch(std::function<void(Positions)> answered);

  void assigned(int id, int generation, const std::vector<int>& come,
                const std::vector<int>& go) override;
  void must_join() override;
  void unknown() override;

 private:
  void join();
  void beat();
  void join_if_due();

  Timeline& timeline_;
  Group& group_;
  Link& link_;
  Tasks& process_;
  int id_ = 0;
  int generation_ = 0;
  std::set<int> held_;
  std::vector<int> come_;
  std::vector<int> to_go_;  // the source was not told yet
  std::set<int> leaving_;   // it was, and has not given them back yet
  std::vector<int> lost_;
  bool joining_ = false;
  bool must_join_ = false;
  bool left_ = false;
};

}  // namespace penstock::sim
