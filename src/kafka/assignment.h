#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/source.h"
#include "model/record.h"

namespace penstock::kafka {

constexpr std::int64_t kUnknownOffset = -1;

enum class Hold : std::uint8_t {
  none,     // somebody else's, or not given out yet
  owned,    // ours: read and deliver
  leaving,  // still ours to commit, no longer to read
};

/// What the group stores of a log; see ResumePoint.
struct Position {
  std::int64_t offset = kUnknownOffset;
  std::string note;
  std::uint64_t number = 0;
};

/// One partition, known from its first mention until the source dies.
struct Log {
  LogId id{};
  std::string topic;
  std::int32_t partition = 0;
  Hold hold = Hold::none;
  bool there_at_open = false;  // else it was added while we were running

  std::int64_t start = 0;        // where we began after the last gain
  bool resumed = false;          // that was the group's position
  std::int64_t end_at_gain = 0;  // then; of what was decided
  std::int64_t position = 0;     // next offset to come
  std::int64_t end =
      kUnknownOffset;     // when draining: where to stop, the end as of open() or earlier
  bool answered = false;  // a broker has brought something since, be it that nothing is there
  std::int64_t out_of_range = kUnknownOffset;  // where we were to go on and the log has nothing
  std::chrono::steady_clock::time_point out_of_range_since{};

  Position wanted;  // the newest we were told to store
  /// Turns of `wanted`: each new one counts up, so that an answer says what it is about.
  std::uint64_t wanted_turn = 0;
  std::uint64_t sent_turn = 0;    // on its way, or stored
  std::uint64_t stored_turn = 0;  // confirmed by the group
};

/// Which partitions there are, which of them are ours, and how far each is.
/// No I/O. Threads: the lane's.
class Assignment {
 public:
  /// The log of this partition; a new number is given out on first mention.
  Log& log_of(std::string_view topic, std::int32_t partition);
  Log& log(LogId id) { return logs_[static_cast<std::uint32_t>(id)]; }
  const Log& log(LogId id) const { return logs_[static_cast<std::uint32_t>(id)]; }

  std::deque<Log>& logs() { return logs_; }
  const std::deque<Log>& logs() const { return logs_; }

  /// The log is ours from `start` on; `stored` is what the group has of it.
  void gain(Log& log, std::int64_t start, Position stored);
  bool any(Hold hold) const;
  std::vector<LogId> all(Hold hold) const;

  /// Every log we own has been read to its `end`.
  bool caught_up() const;
  /// Fills to_go and total.
  void count_down(SourceProgress& progress) const;

 private:
  /// Finds a partition without making a string of its topic.
  struct ByPartition {
    using is_transparent = void;
    using View = std::pair<std::string_view, std::int32_t>;
    bool operator()(const View& left, const View& right) const { return left < right; }
  };

  std::deque<Log> logs_;  // a deque: topics are handed out as views
  std::map<std::pair<std::string, std::int32_t>, LogId, ByPartition> ids_;
};

}  // namespace penstock::kafka
