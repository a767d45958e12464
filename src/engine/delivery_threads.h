#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/outbox.h"
#include "engine/outbox_queue.h"

namespace penstock {

/// An outbox that delivers on threads of its own, as many as the sink takes blocks side by side.
/// The data path's one mutex is held for moves only.
///
/// Threads: start() and stop() once; the rest from the lane.
class DeliveryThreads final : public Outbox {
 public:
  explicit DeliveryThreads(const DeliveryParts& parts) : parts_(parts) {}
  ~DeliveryThreads() override { stop(); }

  void start();
  /// Ends the threads; what they had in hand comes back as an error.
  void stop();

  void put(Sealed<Block> sealed) override;
  std::vector<Delivered> take_finished(std::chrono::milliseconds wait) override;
  std::size_t open() const override;

 private:
  void work(const std::stop_token& stop);

  const DeliveryParts parts_;
  mutable std::mutex mutex_;  // guards the queue
  std::condition_variable_any wake_;
  std::condition_variable finished_wake_;
  OutboxQueue queue_;
  std::vector<std::jthread> workers_;
};

}  // namespace penstock
