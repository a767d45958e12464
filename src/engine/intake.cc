#include "engine/intake.h"

#include <algorithm>
#include <utility>

namespace penstock {

// Mostly one round per batch.
Status Intake::decode(std::size_t most_rows) {
  while (!undecoded_.empty() && undecoded_.may_try(parts_.clock.now())) {
    Status decoded = take(undecoded_.front(), most_rows);
    if (!decoded.ok()) {
      if (decoded.error().recovery != Recovery::retry) return decoded;
      undecoded_.put_off(decoded.error(), parts_.clock.now());
      parts_.events.trouble(decoded.error());
      return done();
    }
    const std::string_view reason = undecoded_.take_reason();
    if (!reason.empty()) parts_.events.recovered(side_of(reason));
    parts_.source.recycle(std::move(undecoded_.front()));
    undecoded_.pop_front();
  }
  return done();
}

// A batch that crosses a bound is cut there; its records are not copied, only what points to them.
Status Intake::take(RecordBatch& batch, std::size_t most_rows) {
  bool cut = false;
  while (const auto count = shipments_.bound_in(batch, most_rows)) {
    PENSTOCK_OK(put(batch.front(*count)));
    batch.drop_front(*count);
    shipments_.seal_at_bound(parts_.open.of(batch.span.log));
    cut = true;
  }
  return cut && batch.size() == 0 ? done() : put(batch);
}

Status Intake::put(const RecordBatch& batch) {
  OpenRange& open = parts_.open.of(batch.span.log);
  rejects_.clear();
  PENSTOCK_OK(parts_.decoder->decode(batch, open.rows(), rejects_));
  if (!rejects_.empty()) parts_.dead_letters.add(batch, rejects_, open.errors());
  open.cover(batch, parts_.clock.now());
  reject_rate_.add(batch.size(), rejects_);
  count(batch);
  return done();
}

void Intake::count(const RecordBatch& batch) {
  std::uint64_t bytes = 0;
  for (const Bytes value : batch.values) bytes += value.size();
  // Up at once, down slowly: after large records more of them are likely.
  const std::size_t record_bytes = bytes / std::max<std::size_t>(batch.size(), 1) + 1;
  record_bytes_ = std::max(record_bytes, (record_bytes_ * 7 + record_bytes) / 8);
  parts_.progress.records.fetch_add(batch.size(), std::memory_order_relaxed);
  parts_.progress.bytes.fetch_add(bytes, std::memory_order_relaxed);
  parts_.progress.rejects.fetch_add(rejects_.size(), std::memory_order_relaxed);
}

}  // namespace penstock
