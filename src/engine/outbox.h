#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/delivery.h"

namespace penstock {

/// The only place where a lane and its delivery threads meet: sealed blocks go
/// in, outcomes come out. The data path's one mutex is held for moves only.
///
/// Threads: put(), take_finished(), open() from the lane; start() and stop() once.
class Outbox {
 public:
  Outbox(Sink<Block>& sink, PipeEvents& events, Progress& progress)
      : sink_(sink), events_(events), progress_(progress) {}
  ~Outbox() { stop(); }

  void start();
  /// Ends the delivery threads; what they had in hand comes back as an error.
  void stop();

  void put(Sealed<Block> sealed);

  /// Waits up to `wait` for an outcome when there is none yet.
  std::vector<Delivered> take_finished(std::chrono::milliseconds wait);

  /// Handed in and not yet taken back.
  std::size_t open() const;

 private:
  void work(const std::stop_token& stop);

  Sink<Block>& sink_;
  PipeEvents& events_;
  Progress& progress_;
  mutable std::mutex mutex_;  // guards the four below
  std::condition_variable_any wake_;
  std::condition_variable finished_wake_;
  std::deque<Sealed<Block>> waiting_;
  std::vector<Delivered> finished_;
  std::size_t open_ = 0;
  std::vector<std::jthread> workers_;
};

}  // namespace penstock
