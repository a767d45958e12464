#pragma once

#include <stop_token>

#include "engine/outbox.h"
#include "engine/outbox_queue.h"
#include "tasks.h"

namespace penstock::sim {

/// The outbox with tasks for its threads (engine/delivery_threads.h).
class SimOutbox final : public Outbox {
 public:
  SimOutbox(const DeliveryParts& parts, Tasks& process) : parts_(parts), process_(process) {}

  void start();
  /// Waits until its tasks have ended.
  void stop();

  void put(Sealed<Block> sealed) override;
  std::vector<Delivered> take_finished(milliseconds wait) override;
  std::size_t open() const override { return queue_.open(); }

 private:
  void work();

  const DeliveryParts parts_;
  Tasks& process_;
  OutboxQueue queue_;
  std::stop_source stop_;
  std::size_t working_ = 0;
};

}  // namespace penstock::sim
