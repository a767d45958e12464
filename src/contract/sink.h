#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "contract/lease.h"
#include "contract/ledger.h"

namespace penstock {

/// Which records a payload was made of: all from `first` to `last` that this one log has.
struct SourceRange {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t planned_at_ms = 0;  // since 1970: not sent before
  bool again = false;              // somebody may have sent it before us
};

/// A payload that will not change again, the spans it covers, and a name that
/// is the same on every attempt so the far side can drop a repeat.
template <class Payload>
struct Sealed {
  Payload payload;
  std::vector<Ticket> tickets;
  std::string delivery_id;
  std::uint32_t attempt = 1;
  bool may_be_stored = false;          // by an attempt of ours that was not refused for sure
  std::optional<SourceRange> range;    // none: several logs may be in it
  std::shared_ptr<const Lease> lease;  // none: it may always be sent
};

struct Receipt {
  std::size_t rows = 0;
  std::size_t wire_bytes = 0;
};

/// Where payloads go. Sink<Block> writes ClickHouse, Sink<RecordBatch> writes
/// Kafka or Kinesis.
///
/// Promises: ok means durable as configured; an error means nothing is known.
/// Threads: deliver() runs on delivery threads, up to max_parallel() at once.
template <class Payload>
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Result<Receipt> deliver(const Sealed<Payload>& sealed) = 0;
  virtual std::size_t max_parallel() const noexcept = 0;
  /// Makes deliver() calls that wait for the far side return soon, with an error
  /// that says so. Threads: any.
  virtual void abandon() = 0;
};

}  // namespace penstock
