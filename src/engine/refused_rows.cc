#include "engine/refused_rows.h"

#include <map>
#include <utility>

#include "clickhouse/error_table.h"
#include "engine/open_block.h"

namespace penstock {

void RefusedRows::add(std::vector<RefusedRow> rows, const Sealed<Block>& block) {
  waiting_.push_back(
      {std::move(rows), block.tickets, block.delivery_id + "#refused", block.range, block.lease});
}

Result<Sealed<Block>> RefusedRows::take_next() {
  std::vector<RowOrigin> origins;
  for (const RefusedRow& row : waiting_.back().rows) origins.push_back(row.origin);
  PENSTOCK_TRY(batches, source_.read_again(origins));
  const Waiting next = std::move(waiting_.back());
  waiting_.pop_back();
  OpenBlock errors(errors_);
  add_error_rows(next.rows, batches, errors.block());
  return Sealed<Block>{.payload = *errors.seal(),
                       .tickets = next.tickets,
                       .delivery_id = next.delivery_id,
                       .range = next.range,
                       .lease = next.lease};
}

void RefusedRows::add_error_rows(const std::vector<RefusedRow>& rows,
                                 const std::vector<RecordBatch>& batches, Block& into) {
  std::map<std::pair<LogId, std::int64_t>, const RefusedRow*> reasons;
  for (const RefusedRow& row : rows) reasons[{row.origin.log, row.origin.offset}] = &row;
  for (const RecordBatch& batch : batches) {
    std::vector<Reject> rejects;
    for (std::uint32_t record = 0; record < batch.size(); ++record) {
      const auto reason = reasons.find({batch.span.log, batch.offsets[record]});
      if (reason == reasons.end()) continue;
      std::string detail = reason->second->detail;
      if (batch.values[record].data() == nullptr) detail += clickhouse::kMessageIsGone;
      rejects.push_back({record, reason->second->code, "", std::move(detail)});
      reasons.erase(reason);
    }
    dead_letters_.add(batch, rejects, into);
    progress_.rejects.fetch_add(rejects.size(), std::memory_order_relaxed);
  }
}

}  // namespace penstock
