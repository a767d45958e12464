#pragma once

#include <string>

#include "base/result.h"
#include "kafka/client.h"

namespace penstock::kafka {

/// What brokers complained about, and whether that is worth stopping a poll for.
/// Single brokers come and go and librdkafka deals with it; what counts is when
/// none is left, or when a person has to act. Threads: the lane's.
class Health {
 public:
  explicit Health(std::string brokers) : brokers_(std::move(brokers)) {}

  /// Takes in an error event. Errors: those worth telling at once.
  Status note(const Client& client, rd_kafka_event_t& event);
  /// Takes in an error code of one partition. Errors: the same.
  Status note(int code, const std::string& text);

  /// While no broker answers: kafka.unreachable, with what was heard last.
  /// Asks again on each call and so notices when one is back. Asks once after each
  /// complaint, too: librdkafka does not always tell that the last broker went away.
  Status check(const Client& client);

  bool all_down() const { return all_down_; }
  Error unreachable() const;
  void recovered() { all_down_ = complained_ = false; }

 private:
  const std::string brokers_;
  std::string last_heard_;
  bool all_down_ = false;
  bool complained_ = false;  // a broker could not be reached; the others may do well
};

}  // namespace penstock::kafka
