#pragma once

#include <chrono>
#include <cstdint>
#include <set>
#include <stop_token>
#include <vector>

#include "engine/data_loss.h"
#include "engine/intake.h"
#include "engine/lane_parts.h"
#include "engine/shipments.h"

namespace penstock {

/// Carries the records of its logs from poll to delivered block on one thread.
/// Everything it touches except the Outbox is its own, so nothing is locked.
class IngestLane {
 public:
  IngestLane(LaneParts parts, LaneOptions options)
      : parts_(std::move(parts)),
        options_(options),
        growth_(options.seal, options.largest),
        pressure_(parts_.pressure != nullptr ? *parts_.pressure : own_pressure_),
        lineup_(parts_.lineup != nullptr ? *parts_.lineup : alone_),
        limits_(options.seal),
        shipments_(parts_),
        intake_(parts_, shipments_, options.reject_limit),
        data_loss_(parts_.events, parts_.progress),
        table_version_(parts_.table != nullptr ? parts_.table->number() : 0) {}
  IngestLane(const IngestLane&) = delete;
  IngestLane& operator=(const IngestLane&) = delete;

  /// Returns when stopped, caught up, or unable to go on. In every case the
  /// positions committed are those of delivered rows.
  Status run(const std::stop_token& stop);

 private:
  Status carry();
  Status follow_table();
  Status read();
  bool must_end() const;
  Status verdict() const;
  void follow_progress();
  void follow_pressure();
  void seal_all();
  void seal_due();
  Status set_aside_refused();
  void balance_memory();
  void pause_or_resume();
  void report();
  bool nothing_open() const;
  Status follow_ownership(const Polled<RecordBatch>& polled);
  Status hand_over(const std::vector<LogId>& leaving);
  void let_go(LogId log);
  Status commit_before_leaving();
  Status commit_progress(std::chrono::milliseconds wait);
  Status commit_for_good();
  void commit_what_is_delivered();
  Status serve_deliveries();
  Status finish_open_work();
  bool is_late(Clock::time_point deadline);
  Status drain();
  Status follow_group(std::chrono::milliseconds wait);

  const LaneParts parts_;
  const LaneOptions options_;
  const BlockGrowth growth_;

  SealPressure own_pressure_;
  SealPressure& pressure_;
  std::uint64_t parts_refusals_ = 0;  // of this lane's inserts, as last looked at
  Lineup alone_{1};
  Lineup& lineup_;
  SealPolicy limits_;  // of what is open, by the present lag
  Shipments shipments_;
  Intake intake_;
  DataLoss data_loss_;
  std::set<LogId> owned_;
  bool short_of_memory_ = false;
  bool paused_ = false;
  bool in_trouble_ = false;  // with the source, and said so
  std::uint64_t table_version_ = 0;
  bool settled_ = false;
  bool caught_up_ = false;
  std::size_t logs_ = 0;
  std::stop_token stop_;
  Clock::time_point end_by_ = Clock::time_point::max();  // known once a stop was seen
};

}  // namespace penstock
