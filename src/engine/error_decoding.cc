#include "engine/error_decoding.h"

#include <utility>

#include "base/check.h"
#include "clickhouse/error_table.h"
#include "engine/error_records.h"

namespace penstock {

using clickhouse::ErrorRow;

Result<ErrorDecoding::Sorted> ErrorDecoding::sort(std::vector<ErrorRow> rows) {
  Sorted sorted = edit(std::move(rows));
  std::vector<ErrorRow> edited = std::exchange(sorted.fitting, {});
  PENSTOCK_TRY(block, Block::make(layout_));
  std::size_t first = 0;  // row of the batch
  for (const RecordBatch& batch : records_of(edited)) {
    std::vector<Reject> rejects;
    PENSTOCK_OK(decoder_->decode(batch, block, rejects));
    auto reject = rejects.begin();
    for (std::size_t record = 0; record < batch.size(); ++record) {
      ErrorRow& row = edited[first + record];
      if (reject == rejects.end() || reject->record != record) {
        sorted.fitting.push_back(std::move(row));
        continue;
      }
      sorted.unfit.push_back({row.position, reject->field, reject->detail});
      ++reject;
    }
    first += batch.size();
  }
  return sorted;
}

ErrorDecoding::Sorted ErrorDecoding::edit(std::vector<ErrorRow> rows) const {
  Sorted sorted;
  for (ErrorRow& row : rows) {
    if (row.error.ends_with(clickhouse::kMessageIsGone)) {
      sorted.unfit.push_back({row.position, "", "the topic had lost the message by then"});
      continue;
    }
    if (edit_) {
      auto edited = edit_(row);
      if (!edited) {
        sorted.unfit.push_back({row.position, "", "the program left it"});
        continue;
      }
      row.message = *std::move(edited);
    }
    sorted.fitting.push_back(std::move(row));
  }
  return sorted;
}

Result<Block> ErrorDecoding::decode(std::span<const ErrorRow> rows) {
  PENSTOCK_TRY(block, Block::make(layout_));
  for (const RecordBatch& batch : records_of(rows)) {
    std::vector<Reject> rejects;
    PENSTOCK_OK(decoder_->decode(batch, block, rejects));
    PENSTOCK_CHECK(rejects.empty(), "messages that fit go on fitting");
  }
  return block;
}

}  // namespace penstock
