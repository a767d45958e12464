#include "engine/refused_rows.h"

#include <map>
#include <utility>

namespace penstock {

void RefusedRows::add(std::vector<RefusedRow> rows, std::vector<Ticket> tickets) {
  waiting_.push_back({std::move(rows), std::move(tickets)});
}

Status RefusedRows::set_aside() {
  while (!waiting_.empty()) {
    std::vector<RowOrigin> origins;
    for (const RefusedRow& row : waiting_.back().rows) origins.push_back(row.origin);
    PENSTOCK_TRY(batches, source_.read_again(origins));
    add_error_rows(waiting_.back(), batches);
    waiting_.pop_back();
  }
  return done();
}

void RefusedRows::add_error_rows(const Waiting& waiting, const std::vector<RecordBatch>& batches) {
  std::map<std::pair<LogId, std::int64_t>, const RefusedRow*> reasons;
  for (const RefusedRow& row : waiting.rows) reasons[{row.origin.log, row.origin.offset}] = &row;
  for (const RecordBatch& batch : batches) {
    std::vector<Reject> rejects;
    for (std::uint32_t record = 0; record < batch.size(); ++record) {
      const auto reason = reasons.find({batch.span.log, batch.offsets[record]});
      if (reason == reasons.end()) continue;
      std::string detail = reason->second->detail;
      if (batch.values[record].data() == nullptr) detail += "; its message is no longer there";
      rejects.push_back({record, reason->second->code, "", std::move(detail)});
      reasons.erase(reason);
    }
    dead_letters_.add(batch, rejects);
    progress_.rejects.fetch_add(rejects.size(), std::memory_order_relaxed);
  }
  const auto now = OpenBlock::Clock::now();
  for (const Ticket ticket : waiting.tickets) dead_letters_.open().owe(ticket, now);
}

}  // namespace penstock
