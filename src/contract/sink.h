#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "contract/ledger.h"

namespace penstock {

/// A payload that will not change again, the spans it covers, and a name that
/// is the same on every attempt so the far side can drop a repeat.
template <class Payload>
struct Sealed {
  Payload payload;
  std::vector<Ticket> tickets;
  std::string delivery_id;
  std::uint32_t attempt = 1;
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
