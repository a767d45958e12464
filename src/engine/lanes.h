#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>

#include "engine/delivery_threads.h"
#include "engine/ingest_lane.h"
#include "engine/pipe_parts.h"

namespace penstock {

/// Runs the lanes of a pipe, each on a thread of its own, from joining the group to
/// leaving it together. One that cannot go on stops the others.
///
/// Threads: made, used and destroyed by one.
class Lanes {
 public:
  /// `progress` holds one entry per lane at least; all arguments outlive this.
  Lanes(PipeParts& parts, PipeEvents& events, std::span<Progress> progress);
  ~Lanes();
  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;

  /// Connects every lane's source. Errors: those of Source::open().
  Status open();

  /// Returns when stopped or caught up (ok), or with the first error a lane met. In
  /// every case the positions committed are those of delivered rows.
  Status run(const std::stop_token& stop, bool until_caught_up);

 private:
  void run_one(std::size_t number, const LaneOptions& options);
  void watch_table(const std::stop_token& stop);
  void fail(Error error);
  void close_sources();

  PipeParts& parts_;
  PipeEvents& events_;
  const std::span<Progress> progress_;
  Lineup lineup_;
  std::deque<DeliveryThreads> outboxes_;
  std::stop_source stop_;
  std::mutex mutex_;  // guards failure_
  std::optional<Error> failure_;
};

}  // namespace penstock
