#pragma once

#include <memory>
#include <vector>

#include "kafka/assignment.h"
#include "kafka/client.h"
#include "kafka/source.h"
#include "model/record.h"

namespace penstock::kafka {

/// Messages as librdkafka fetched them; batches point into their payloads.
struct Fetched {
  std::shared_ptr<Client> client;  // outlives the messages: destroyed after them
  std::vector<Message> messages;
};

/// What has arrived in records(): waits for the first message, not for a full load.
std::shared_ptr<const Fetched> fetch(std::shared_ptr<Client> client, PollBudget budget);

/// Lines messages up as record batches, one per log. Nothing is copied but
/// pointers and numbers.
class BatchBuilder {
 public:
  BatchBuilder(std::shared_ptr<const Fetched> storage, Headers headers)
      : storage_(std::move(storage)), headers_(headers) {}

  /// Adds to the batch of `log`, wherever that is in the row of batches.
  void add(const Log& log, const rd_kafka_message_t& message);
  /// Starts a new batch with the next message, even for a log that has one.
  void cut() { open_from_ = batches_.size(); }

  std::vector<RecordBatch> take();

 private:
  RecordBatch& batch_of(const Log& log);

  std::shared_ptr<const Fetched> storage_;
  const Headers headers_;
  std::vector<RecordBatch> batches_;
  std::size_t open_from_ = 0;  // batches before this one are closed
  std::size_t last_ = 0;       // messages of a log come in runs
};

}  // namespace penstock::kafka
