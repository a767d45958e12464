#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "kafka/assignment.h"
#include "kafka/client.h"
#include "model/record.h"

namespace penstock::kafka {

/// The messages of one batch as librdkafka fetched them, in the batch's order.
class Messages final : public RecordStorage {
 public:
  ~Messages() override { clear(); }

  /// The messages to come are of this client, which outlives them.
  void begin(std::shared_ptr<Client> client) { client_ = std::move(client); }
  /// A null message stands for a record that is gone.
  void add(Message message) { messages_.push_back(message.release()); }
  /// Gives messages and client back; the room for them is kept.
  void clear();

  /// Parsed on demand: the answer sits behind the payload, in memory not looked at yet.
  std::span<const Header> headers_of(std::size_t record) override;

 private:
  std::shared_ptr<Client> client_;
  std::vector<rd_kafka_message_t*> messages_;  // owned
  std::vector<Header> headers_;                // scratch
};

/// Lines messages up as record batches, one per log. Nothing is copied but pointers and
/// numbers, and recycled batches are filled first. Threads: the lane's.
class BatchBuilder {
 public:
  explicit BatchBuilder(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// Adds to the batch of `log`, wherever that is in the row of batches.
  void add(const Log& log, Message message);
  /// As above, of a record that the log no longer has: no key, no value, no time.
  void add_gone(const Log& log, std::int64_t offset);
  /// The log goes on at `next`; what is before it and did not come is not for us.
  void pass(const Log& log, std::int64_t next) { batch_of(log).next = next; }
  /// Starts a new batch with the next message, even for a log that has one.
  void cut();

  std::vector<RecordBatch> take();

  /// Keeps the memory of a batch that take() gave out, up to a limit.
  void recycle(RecordBatch batch);

 private:
  RecordBatch& batch_of(const Log& log);
  RecordBatch empty_batch();

  const std::shared_ptr<Client> client_;
  std::vector<RecordBatch> batches_;
  std::vector<std::size_t> open_;  // by log: place of its open batch in `batches_`
  std::vector<RecordBatch> spare_;
  std::size_t spare_records_ = 0;  // room in `spare_`
};

}  // namespace penstock::kafka
