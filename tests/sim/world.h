#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "process.h"

namespace penstock::sim {

/// What became of a world.
struct Outcome {
  std::optional<std::string> failure;
  std::uint64_t steps = 0;
};

/// A topic, a group, a server and the processes of one pipe, with all that goes wrong between them,
/// from a seed: the same seed is the same story.
class World {
 public:
  World(std::uint64_t seed, std::optional<Part> without, bool aloud);

  /// Faults first; then all is well and everything must be stored once, and soon.
  Outcome run();

 private:
  void write_records();
  void take_oldest(FakeLog& log);
  void draw_faults();
  void make_fault();
  Process* pick_running();
  void start_process();
  void keep_running(int processes);
  void end_faults();
  bool is_drained() const;
  void go_on_until(Time end, const std::function<bool()>& reached);
  void check_commit(int partition, std::int64_t offset);
  bool is_stored(int partition, const FakeRecord& record) const;
  bool may_fit(const FakeRecord& record) const;
  void check_rows(const Insert& insert);
  void check_everything_is_stored();

  Random random_;
  const Weather weather_;
  Timeline timeline_;
  Story story_;
  std::vector<FakeLog> logs_;
  Group group_;
  FakeClickHouse server_;
  bool calm_ = false;
  bool drained_ = false;
  std::deque<Process> processes_;
};

}  // namespace penstock::sim
