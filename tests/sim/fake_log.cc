#include "fake_log.h"

#include <algorithm>

namespace penstock::sim {
namespace {

Kind draw_kind(Random& random, const Weather& weather) {
  if (random.chance(weather.broken)) return Kind::broken;
  if (random.chance(weather.refused)) return Kind::refused;
  if (random.chance(weather.tombstones)) return Kind::tombstone;
  return random.chance(weather.of_two_rows) ? Kind::two_rows : Kind::good;
}

void add(const FakeRecord& record, RecordBatch& batch) {
  batch.keys.emplace_back();
  batch.values.push_back(record.kind == Kind::tombstone ? Bytes{} : as_bytes(record.text));
  batch.timestamps_ms.push_back(record.offset);
  batch.offsets.push_back(record.offset);
}

}  // namespace

FakeLog::FakeLog(Random& random, const Weather& weather, int number)
    : partition(number), last_end(weather.records) {
  for (std::int64_t offset = 0; offset < weather.records; ++offset) {
    if (random.chance(weather.gaps)) continue;
    const Kind kind = draw_kind(random, weather);
    const std::string text = kind == Kind::broken ? "broken" : std::to_string(offset);
    records.push_back({offset, kind, text});
  }
}

RecordBatch FakeLog::read(std::int64_t from, std::size_t most) const {
  RecordBatch batch = empty_batch();
  auto record = std::ranges::lower_bound(records, std::max(from, begin), {}, &FakeRecord::offset);
  for (; record != records.end() && record->offset < end && batch.size() < most; ++record) {
    add(*record, batch);
  }
  const bool is_all = record == records.end() || record->offset >= end;
  batch.next = is_all ? end : batch.offsets.back() + 1;
  batch.span.first = std::to_string(batch.offsets.empty() ? batch.next : batch.offsets.front());
  batch.span.resume_after = std::to_string(batch.next);
  batch.span.records = static_cast<std::uint32_t>(batch.size());
  return batch;
}

RecordBatch FakeLog::read_one(std::int64_t offset) const {
  RecordBatch batch = empty_batch();
  const FakeRecord* record = offset < begin ? nullptr : at(offset);
  const FakeRecord gone{.offset = offset, .kind = Kind::tombstone, .text = {}};
  add(record == nullptr ? gone : *record, batch);
  batch.next = offset + 1;
  return batch;
}

const FakeRecord* FakeLog::at(std::int64_t offset) const {
  const auto found = std::ranges::lower_bound(records, offset, {}, &FakeRecord::offset);
  return found == records.end() || found->offset != offset ? nullptr : &*found;
}

RecordBatch FakeLog::empty_batch() const {
  static const auto storage = std::make_shared<RecordStorage>();
  RecordBatch batch;
  batch.span.log = LogId(partition);
  batch.topic = "numbers";
  batch.partition = partition;
  batch.storage = storage;
  return batch;
}

}  // namespace penstock::sim
