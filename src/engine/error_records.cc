#include "engine/error_records.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

namespace penstock {
namespace {

using clickhouse::ErrorRow;

constexpr std::int64_t kNoTime = -1;

class ErrorRecords final : public RecordStorage {
 public:
  explicit ErrorRecords(std::span<const ErrorRow> rows) : rows_(rows) {}

  std::span<const Header> headers_of(std::size_t record) override {
    const ErrorRow& row = rows_[record];
    headers_.clear();
    for (std::size_t i = 0; i < row.header_keys.size() && i < row.header_values.size(); ++i) {
      headers_.push_back({row.header_keys[i], as_bytes(row.header_values[i])});
    }
    return headers_;
  }

 private:
  const std::span<const ErrorRow> rows_;
  std::vector<Header> headers_;
};

RecordBatch batch_of(std::span<const ErrorRow> rows, LogId log) {
  RecordBatch batch;
  batch.span.log = log;
  batch.span.records = static_cast<std::uint32_t>(rows.size());
  batch.topic = rows.front().position.topic;
  batch.partition = rows.front().position.partition;
  for (const ErrorRow& row : rows) {
    batch.keys.push_back(row.key.empty() ? Bytes() : as_bytes(row.key));
    batch.values.push_back(as_bytes(row.message));
    batch.timestamps_ms.push_back(row.timestamp_ms == 0 ? kNoTime : row.timestamp_ms);
    batch.offsets.push_back(row.position.offset);
  }
  batch.storage = std::make_shared<ErrorRecords>(rows);
  return batch;
}

}  // namespace

std::vector<RecordBatch> records_of(std::span<const ErrorRow> rows) {
  std::vector<RecordBatch> batches;
  std::map<std::pair<std::string_view, std::int32_t>, LogId> logs;
  for (std::size_t first = 0; first < rows.size();) {
    const auto log_of = [](const ErrorRow& row) {
      return std::pair(std::string_view(row.position.topic), row.position.partition);
    };
    const auto log = log_of(rows[first]);
    std::size_t end = first + 1;
    while (end < rows.size() && log_of(rows[end]) == log) ++end;
    const LogId id = logs.try_emplace(log, LogId(logs.size())).first->second;
    batches.push_back(batch_of(rows.subspan(first, end - first), id));
    first = end;
  }
  return batches;
}

}  // namespace penstock
