#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

// The only header that includes librdkafka's; private to this folder.

namespace penstock::kafka {

/// Settings of one client by librdkafka's own names. May hold secrets.
using ClientSettings = std::map<std::string, std::string>;

template <auto destroy>
struct Destroyer {
  template <class T>
  void operator()(T* object) const {
    destroy(object);
  }
};

using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                      Destroyer<rd_kafka_topic_partition_list_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Destroyer<rd_kafka_event_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Destroyer<rd_kafka_message_destroy>>;
using Topic = std::unique_ptr<rd_kafka_topic_t, Destroyer<rd_kafka_topic_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroyer<rd_kafka_queue_destroy>>;
/// Null where librdkafka reports success.
using ClientError = std::unique_ptr<rd_kafka_error_t, Destroyer<rd_kafka_error_destroy>>;

PartitionList make_partition_list(int size);

/// One librdkafka consumer with its three queues.
///
/// Records do not come through the consumer queue: every partition is forwarded
/// to records() before it is assigned. So a pause is simply not asking for
/// records; what was fetched stays fetched (rd_kafka_pause_partitions would throw
/// it away), and the group is still served through events().
///
/// Owns: librdkafka's threads. Must outlive every message taken from it: batches
/// hold it by shared_ptr, the last one ends it. A group has to be left before:
/// see Membership::leave().
class Client {
 public:
  /// Errors: kafka.config. Does not wait for a connection.
  static Result<std::shared_ptr<Client>> make(const ClientSettings& settings);

  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  rd_kafka_t* handle() const { return handle_; }
  /// Rebalances, errors of brokers and of the group.
  rd_kafka_queue_t* events() const { return events_.get(); }
  /// Messages and ends of all assigned partitions.
  rd_kafka_queue_t* records() const { return records_.get(); }
  /// Outcomes of commits.
  rd_kafka_queue_t* commits() const { return commits_.get(); }

  /// librdkafka 2.0 aborts the process when a client is destroyed that has joined a
  /// group with the cooperative-sticky assignor and was never told what is its own (its
  /// issue 4312, mended in 2.3). Such a client is left alive instead, closed and idle.
  void wait_for_first_assignment(bool waits) { awaits_assignment_ = waits; }

  /// Sends what this partition brings to records(). Call before assigning it.
  void forward_records(const char* topic, std::int32_t partition);

  /// This partition is about to be handed back. librdkafka 2.0 leaves a mark in its queue then,
  /// which keeps the partition alive. If its topic is deleted, nobody but us takes that out, and
  /// destroy waits for it for ever (its issue 4362).
  void hand_back(const char* topic, std::int32_t partition);
  /// Call when that is done with: once the group has gone on.
  void forget_handed_back();

  /// The next event, or null after `wait`. Counts as polling for the group.
  Event next_event(std::chrono::milliseconds wait) const;

 private:
  explicit Client(rd_kafka_t* handle);

  rd_kafka_t* const handle_;
  Queue events_;
  Queue records_;
  Queue commits_;
  std::vector<Queue> handed_back_;
  bool awaits_assignment_ = false;
};

}  // namespace penstock::kafka
