#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace penstock::produce {

/// Sends messages to one topic: lz4, idempotent, acknowledged by all replicas. Threads: one.
class Publisher {
 public:
  /// Does not connect yet. `linger` is how long a message may wait for others to share its
  /// request. Error: librdkafka refused a setting.
  static Result<Publisher> open(const std::string& brokers, std::string topic,
                                std::chrono::milliseconds linger);

  Publisher(Publisher&&) noexcept;
  ~Publisher();

  /// Creates the topic; one that exists already is fine. Error: the broker's text.
  Status create_topic(int partitions);

  /// Queues one message; waits while the queue is full. The key chooses the partition.
  Status send(std::string_view key, std::string_view value);

  /// Waits until everything sent was acknowledged. Error: how many were not, and why.
  Status flush();

 private:
  struct State;
  explicit Publisher(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace penstock::produce
