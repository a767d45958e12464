#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace penstock {

using Bytes = std::span<const std::byte>;

inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

/// One ordered log of the remote side: a Kafka partition or a Kinesis shard.
/// Small dense numbers, given out by the source, never reused while it lives.
enum class LogId : std::uint32_t {};

/// A run of neighbouring records from one log. `first` and `resume_after` are
/// the source's own tokens (Kafka offset, Kinesis sequence number) and mean
/// nothing to the engine: stored and handed back, never compared or added to.
struct Span {
  LogId log{};
  std::string first;
  std::string resume_after;
  std::uint32_t records = 0;
};

struct Header {
  std::string_view name;
  Bytes value;
};

/// The memory a batch points into, and what of its records few want and is dear to read.
/// Threads: one at a time.
class RecordStorage {
 public:
  virtual ~RecordStorage() = default;

  /// Headers of the record with this place in the batch, in order. They live as long as
  /// the storage, the span until the next call.
  virtual std::span<const Header> headers_of(std::size_t /*record*/) { return {}; }
};

/// Records of one log as the source handed them over: payload bytes plus the
/// metadata that becomes virtual columns. Stored by field, not by record; every
/// per-record vector has size() entries.
///
/// Owns: keeps the client's fetch buffers alive through `storage`.
/// Where the log has offsets, as Kafka's have, its tokens are offsets in decimal.
/// A value or key that is null on the wire (a tombstone) has data() == nullptr.
struct RecordBatch {
  Span span;
  std::string_view topic;  // lives as long as the source
  std::int32_t partition = 0;
  std::vector<Bytes> keys;
  std::vector<Bytes> values;
  std::vector<std::int64_t> timestamps_ms;  // since 1970, UTC
  std::vector<std::int64_t> offsets;
  std::int64_t next = 0;  // where the log goes on; a batch without records only says this
  std::shared_ptr<RecordStorage> storage;
  std::size_t storage_first = 0;  // place of the first record in `storage`

  std::size_t size() const noexcept { return values.size(); }
  /// The first `count` records as a batch of their own, which ends where the next record begins.
  RecordBatch front(std::size_t count) const;
  /// Keeps all but the first `count`.
  void drop_front(std::size_t count);
  /// See RecordStorage::headers_of().
  std::span<const Header> headers_of(std::size_t record) const;
};

}  // namespace penstock
