#pragma once

#include <cstdint>

#include "kafka/assignment.h"
#include "kafka/client.h"

namespace penstock::kafka {

/// Keeps librdkafka fetching while its queue is emptied faster than once a second.
///
/// A broker thread of librdkafka 2.0 that finds the queue full goes to sleep for
/// up to a second, and taking messages off the queue does not wake it; a lane that
/// reads on would run dry. So each time a quarter of the queue has been taken,
/// every leader we read from is asked a small question (ListOffsets), whose answer
/// nobody waits for: sending it wakes the thread. Threads: the lane's.
class Prefetch {
 public:
  /// Takes the limits of the queue from the client's settings.
  explicit Prefetch(const ClientSettings& settings);

  /// Notes what was taken off the queue.
  void taken(std::int64_t messages, std::int64_t bytes, const Client& client,
             const Assignment& assignment);

 private:
  const std::int64_t most_messages_;
  const std::int64_t most_bytes_;
  std::int64_t messages_ = 0;  // taken since the threads were woken last
  std::int64_t bytes_ = 0;
};

}  // namespace penstock::kafka
