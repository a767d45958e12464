#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "base/byte_budget.h"
#include "engine/expired_names.h"
#include "engine/lane_parts.h"
#include "fake_clickhouse.h"
#include "sim_source.h"

namespace penstock::sim {

/// What all processes of a world share.
struct Surroundings {
  Timeline& timeline;
  Random& random;
  Story& story;
  const Weather& weather;
  const std::vector<FakeLog>& logs;
  Group& group;
  FakeClickHouse& server;
  const bool& calm;     // faults have ended
  const bool& drained;  // and everything is stored
};

/// One process of the pipe: a real lane between a simulated source and a simulated sink.
class Process {
 public:
  Process(const Surroundings& around, int number);

  void start();
  /// SIGTERM: delivers what is open, commits, leaves the group.
  void stop();
  /// SIGKILL.
  void kill();
  /// SIGSTOP and SIGCONT.
  void freeze();
  void thaw();
  /// Its connection to the broker stands still, and goes on.
  void cut_off();
  void reconnect();

  bool ended() const { return ended_; }
  /// Nothing is on its way, and it knows what is.
  bool idle() const { return outbox_ == nullptr || (outbox_->open() == 0 && !source_->has_news()); }
  int number() const { return number_; }

 private:
  void live();
  Status run();
  Status run_lane(ByteBudget& budget);
  ExpiredNames expired_names() const;

  const Surroundings around_;
  const int number_;
  SimClock clock_;
  Tasks tasks_;
  Link link_;
  std::stop_source stop_;
  const Outbox* outbox_ = nullptr;  // of the lane that runs
  const SimSource* source_ = nullptr;
  bool stopped_at_rest_ = false;  // nothing was left to do
  bool ended_ = false;
};

}  // namespace penstock::sim
