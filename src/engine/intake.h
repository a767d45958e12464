#pragma once

#include <cstddef>
#include <vector>

#include "engine/lane_parts.h"
#include "engine/reject_rate.h"
#include "engine/shipments.h"
#include "engine/undecoded.h"

namespace penstock {

/// Turns the batches of a lane into rows of what is open, in the order they came. While the
/// decoder waits for a schema, batches stay here.
///
/// Threads: one lane.
class Intake {
 public:
  Intake(const LaneParts& parts, Shipments& shipments, RejectLimit reject_limit)
      : parts_(parts), shipments_(shipments), reject_rate_(reject_limit) {}

  void add(RecordBatch batch) { undecoded_.push_back(std::move(batch)); }
  /// Decodes what it has, as far as schemas are there. Where each log fills a range of its own,
  /// one that has `most_rows` is sealed. Errors: those of the decoder that waiting does not cure.
  Status decode(std::size_t most_rows);
  /// Something could not be decoded yet: read no more.
  bool waiting() const noexcept { return !undecoded_.empty(); }
  /// This log belongs to someone else now, who reads these records again.
  void drop(LogId log) { undecoded_.drop(log); }
  /// Of one value, as the last batches had it; for what a poll may bring.
  std::size_t record_bytes() const noexcept { return record_bytes_; }
  const RejectRate& reject_rate() const noexcept { return reject_rate_; }

 private:
  Status take(RecordBatch& batch, std::size_t most_rows);
  Status put(const RecordBatch& batch);
  void count(const RecordBatch& batch);

  const LaneParts& parts_;
  Shipments& shipments_;
  RejectRate reject_rate_;
  Undecoded undecoded_;
  std::vector<Reject> rejects_;      // scratch
  std::size_t record_bytes_ = 4096;  // see record_bytes()
};

}  // namespace penstock
