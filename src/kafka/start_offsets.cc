#include "kafka/start_offsets.h"

#include <algorithm>

#include "kafka/errors.h"

namespace penstock::kafka {
namespace {

using Logs = std::vector<const Log*>;
using Limit = std::chrono::milliseconds;

PartitionList list_of(const Logs& logs, std::int64_t offset) {
  PartitionList list = make_partition_list(static_cast<int>(logs.size()));
  for (const Log* log : logs) {
    rd_kafka_topic_partition_list_add(list.get(), log->topic.c_str(), log->partition)->offset =
        offset;
  }
  return list;
}

/// Offsets of `list` in the order of `logs`: answers may come back in another one.
Result<std::vector<std::int64_t>> offsets_of(const PartitionList& list, const Logs& logs,
                                             const char* tried) {
  std::vector<std::int64_t> offsets;
  for (const Log* log : logs) {
    const auto* found =
        rd_kafka_topic_partition_list_find(list.get(), log->topic.c_str(), log->partition);
    const auto code = found == nullptr ? RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION : found->err;
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return failed_to(tried, code).at(log->topic + "/" + std::to_string(log->partition));
    }
    offsets.push_back(found->offset);
  }
  return offsets;
}

std::string note_of(const PartitionList& list, const Log& log) {
  const auto* found =
      rd_kafka_topic_partition_list_find(list.get(), log.topic.c_str(), log.partition);
  if (found == nullptr || found->metadata == nullptr) return "";
  return {static_cast<const char*>(found->metadata), found->metadata_size};
}

/// The first offset at or after `time_ms`; RD_KAFKA_OFFSET_BEGINNING and _END are times too.
Result<std::vector<std::int64_t>> offsets_at(const Client& client, const Logs& logs,
                                             std::int64_t time_ms, Limit limit) {
  constexpr const char* kTried = "cannot look up offsets";
  const PartitionList list = list_of(logs, time_ms);
  const auto code =
      rd_kafka_offsets_for_times(client.handle(), list.get(), static_cast<int>(limit.count()));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failed_to(kTried, code);
  return offsets_of(list, logs, kTried);
}

Result<std::vector<Position>> stored_positions(const Client& client, const Logs& logs,
                                               Limit limit) {
  constexpr const char* kTried = "cannot look up the group's offsets";
  const PartitionList list = list_of(logs, RD_KAFKA_OFFSET_INVALID);
  const auto code =
      rd_kafka_committed(client.handle(), list.get(), static_cast<int>(limit.count()));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failed_to(kTried, code);
  PENSTOCK_TRY(offsets, offsets_of(list, logs, kTried));
  std::vector<Position> positions;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    positions.push_back({.offset = offsets[i], .note = note_of(list, *logs[i])});
  }
  return positions;
}

/// Where logs without a stored position begin.
Result<std::vector<std::int64_t>> starts_by_strategy(const Client& client, const Logs& logs,
                                                     const OffsetSettings& settings, Limit limit) {
  PENSTOCK_TRY(starts, offsets_at(client, logs, RD_KAFKA_OFFSET_BEGINNING, limit));
  if (settings.strategy == OffsetStrategy::from_beginning) return starts;

  PENSTOCK_TRY(ends, offsets_at(client, logs, RD_KAFKA_OFFSET_END, limit));
  if (settings.strategy == OffsetStrategy::from_timestamp) {
    PENSTOCK_TRY(later, offsets_at(client, logs, timestamp_ms(settings).value_or(0), limit));
    for (std::size_t i = 0; i < logs.size(); ++i) starts[i] = later[i] < 0 ? ends[i] : later[i];
    return starts;
  }
  for (std::size_t i = 0; i < logs.size(); ++i) {
    if (logs[i]->there_at_open) starts[i] = ends[i];
  }
  return starts;
}

}  // namespace

Result<std::vector<Start>> find_starts(const Client& client, const Logs& logs,
                                       const OffsetSettings& settings, StoredOffsets stored,
                                       Limit limit) {
  if (logs.empty()) return std::vector<Start>{};
  std::vector<Start> starts(logs.size());
  PENSTOCK_TRY(by_strategy, starts_by_strategy(client, logs, settings, limit));
  for (std::size_t i = 0; i < logs.size(); ++i) starts[i].offset = by_strategy[i];
  if (stored == StoredOffsets::ignore) return starts;

  PENSTOCK_TRY(positions, stored_positions(client, logs, limit));
  for (std::size_t i = 0; i < logs.size(); ++i) {
    if (positions[i].offset < 0) continue;
    starts[i].offset = positions[i].offset;
    starts[i].stored = std::move(positions[i]);
  }
  return starts;
}

std::int64_t first_offset(const Region& region, std::int64_t start, std::int64_t end) {
  const std::int64_t spare = std::max<std::int64_t>(0, end - start - region.offsets);
  return start + static_cast<std::int64_t>(region.at * static_cast<double>(spare));
}

Result<std::vector<std::int64_t>> find_ends(const Client& client, const Logs& logs, Limit limit) {
  if (logs.empty()) return std::vector<std::int64_t>{};
  return offsets_at(client, logs, RD_KAFKA_OFFSET_END, limit);
}

}  // namespace penstock::kafka
