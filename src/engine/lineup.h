#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <vector>

namespace penstock {

/// What a lane says of itself after each poll.
struct Standing {
  bool settled = false;   // its source knows which logs it owns
  bool finished = false;  // all of them read to the end as of start, delivered
  std::size_t owned = 0;  // logs it owns
  std::size_t logs = 0;   // logs there are, whoever owns them

  bool operator==(const Standing&) const = default;
};

/// How the lanes of a pipe begin and end together. Each is a member of the same
/// group, and a member that comes or goes while others commit costs them the commit,
/// hence repeats. So none reads before the group has given every lane its logs, and
/// none leaves before all logs are read: a log on its way from one lane to another
/// is owned by neither.
///
/// Where other processes share the group, nobody can say that all logs are given
/// out; then it is enough that nothing changes for a while.
///
/// Threads: any (one mutex, taken once per poll).
class Lineup {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Lineup(std::size_t lanes) : standings_(lanes) {}

  void report(std::size_t lane, const Standing& standing, Clock::time_point now);

  /// Once true, it stays true.
  bool may_read(Clock::time_point now);
  /// All is read and delivered; once true, it stays true.
  bool may_end(Clock::time_point now);

 private:
  template <class Test>
  bool all(Test test) const;
  bool own_every_log() const;

  std::mutex mutex_;  // guards all below
  std::vector<Standing> standings_;
  Clock::time_point began_at_{};    // first report
  Clock::time_point changed_at_{};  // last report that said something new
  bool reading_ = false;
  bool ended_ = false;
};

}  // namespace penstock
