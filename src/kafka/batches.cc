#include "kafka/batches.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace penstock::kafka {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kMostSpareRecords = 65'536;  // about 4 MB, six polls full of records

Bytes bytes(const void* data, std::size_t size) {
  return {static_cast<const std::byte*>(data), size};
}

/// True only where there are none. Right behind the value a record (format v2, KIP-98) has the
/// number of its headers as a varint, and librdkafka hands values out where they lie among what it
/// fetched; asking it costs an allocation. Older formats know no headers, whatever stands there.
bool has_no_headers(const rd_kafka_message_t& message) {
  constexpr std::uintptr_t kPage = 4096;
  if (message.payload == nullptr || message.len == 0) return false;
  const char* behind = static_cast<const char*>(message.payload) + message.len;
  // The last value of an older format may end with its memory, but not within a page.
  if (reinterpret_cast<std::uintptr_t>(behind) % kPage == 0) return false;
  return *behind == 0;
}

}  // namespace

void Messages::clear() {
  for (rd_kafka_message_t* message : messages_) {
    if (message != nullptr) rd_kafka_message_destroy(message);
  }
  messages_.clear();
  client_.reset();
}

std::span<const Header> Messages::headers_of(std::size_t record) {
  headers_.clear();
  if (messages_[record] == nullptr || has_no_headers(*messages_[record])) return {};
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(messages_[record], &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return {};
  }
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0;
       rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
       ++i) {
    headers_.push_back({name, bytes(value, size)});
  }
  return headers_;
}

void BatchBuilder::add(const Log& log, Message message) {
  RecordBatch& batch = batch_of(log);
  batch.keys.push_back(bytes(message->key, message->key_len));
  batch.values.push_back(bytes(message->payload, message->len));
  batch.timestamps_ms.push_back(rd_kafka_message_timestamp(message.get(), nullptr));
  batch.offsets.push_back(message->offset);
  static_cast<Messages&>(*batch.storage).add(std::move(message));
}

void BatchBuilder::add_gone(const Log& log, std::int64_t offset) {
  constexpr std::int64_t kNoTimestamp = -1;  // as librdkafka says it
  RecordBatch& batch = batch_of(log);
  batch.keys.emplace_back();
  batch.values.emplace_back();
  batch.timestamps_ms.push_back(kNoTimestamp);
  batch.offsets.push_back(offset);
  static_cast<Messages&>(*batch.storage).add(nullptr);
}

RecordBatch& BatchBuilder::batch_of(const Log& log) {
  const auto number = static_cast<std::size_t>(log.id);
  if (number >= open_.size()) open_.resize(number + 1, kNone);
  if (open_[number] != kNone) return batches_[open_[number]];
  open_[number] = batches_.size();
  RecordBatch& batch = batches_.emplace_back(empty_batch());
  batch.span.log = log.id;
  batch.topic = log.topic;
  batch.partition = log.partition;
  return batch;
}

RecordBatch BatchBuilder::empty_batch() {
  RecordBatch batch;
  if (spare_.empty()) {
    batch.storage = std::make_shared<Messages>();
  } else {
    batch = std::move(spare_.back());
    spare_.pop_back();
    spare_records_ -= batch.values.capacity();
    batch.next = 0;
    batch.storage_first = 0;
  }
  static_cast<Messages&>(*batch.storage).begin(client_);
  return batch;
}

void BatchBuilder::cut() { std::fill(open_.begin(), open_.end(), kNone); }

std::vector<RecordBatch> BatchBuilder::take() {
  for (RecordBatch& batch : batches_) {
    if (!batch.offsets.empty()) batch.next = std::max(batch.next, batch.offsets.back() + 1);
    batch.span.first = std::to_string(batch.offsets.empty() ? batch.next : batch.offsets.front());
    batch.span.resume_after = std::to_string(batch.next);
    batch.span.records = static_cast<std::uint32_t>(batch.size());
    open_[static_cast<std::size_t>(batch.span.log)] = kNone;
  }
  return std::exchange(batches_, {});
}

void BatchBuilder::recycle(RecordBatch batch) {
  const std::size_t room = batch.values.capacity();
  if (spare_records_ + room > kMostSpareRecords || batch.storage.use_count() != 1) return;
  auto* messages = dynamic_cast<Messages*>(batch.storage.get());
  if (messages == nullptr) return;
  messages->clear();
  batch.keys.clear();
  batch.values.clear();
  batch.timestamps_ms.clear();
  batch.offsets.clear();
  spare_records_ += room;
  spare_.push_back(std::move(batch));
}

}  // namespace penstock::kafka
