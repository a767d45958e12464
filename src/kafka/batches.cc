#include "kafka/batches.h"

#include <algorithm>
#include <array>

namespace penstock::kafka {
namespace {

Bytes bytes(const void* data, std::size_t size) {
  return {static_cast<const std::byte*>(data), size};
}

void add_headers(RecordBatch& batch, const rd_kafka_message_t& message) {
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i) {
      batch.headers.push_back({name, bytes(value, size)});
    }
  }
  batch.header_ends.push_back(static_cast<std::uint32_t>(batch.headers.size()));
}

}  // namespace

std::shared_ptr<const Fetched> fetch(std::shared_ptr<Client> client, PollBudget budget) {
  std::array<rd_kafka_message_t*, 512> raw{};
  auto fetched = std::make_shared<Fetched>();
  int wait = static_cast<int>(budget.wait.count());
  // librdkafka waits until it has all it was asked for, so ask for one first.
  for (std::size_t ask = std::min<std::size_t>(1, budget.records); ask > 0;) {
    const auto count = rd_kafka_consume_batch_queue(client->records(), wait, raw.data(), ask);
    for (ssize_t i = 0; i < count; ++i) {
      fetched->messages.emplace_back(raw[static_cast<std::size_t>(i)]);
    }
    if (count < static_cast<ssize_t>(ask)) break;
    wait = 0;
    ask = std::min(raw.size(), budget.records - fetched->messages.size());
  }
  fetched->client = std::move(client);
  return fetched;
}

void BatchBuilder::add(const Log& log, const rd_kafka_message_t& message) {
  RecordBatch& batch = batch_of(log);
  batch.keys.push_back(bytes(message.key, message.key_len));
  batch.values.push_back(bytes(message.payload, message.len));
  batch.timestamps_ms.push_back(rd_kafka_message_timestamp(&message, nullptr));
  batch.offsets.push_back(message.offset);
  if (headers_ == Headers::keep) add_headers(batch, message);
}

RecordBatch& BatchBuilder::batch_of(const Log& log) {
  if (last_ >= open_from_ && last_ < batches_.size() && batches_[last_].span.log == log.id) {
    return batches_[last_];
  }
  for (last_ = open_from_; last_ < batches_.size(); ++last_) {
    if (batches_[last_].span.log == log.id) return batches_[last_];
  }
  RecordBatch& batch = batches_.emplace_back();
  batch.span.log = log.id;
  batch.topic = log.topic;
  batch.partition = log.partition;
  batch.storage = storage_;
  return batch;
}

std::vector<RecordBatch> BatchBuilder::take() {
  for (RecordBatch& batch : batches_) {
    batch.span.first = std::to_string(batch.offsets.front());
    batch.span.resume_after = std::to_string(batch.offsets.back() + 1);
    batch.span.records = static_cast<std::uint32_t>(batch.size());
  }
  return std::move(batches_);
}

}  // namespace penstock::kafka
