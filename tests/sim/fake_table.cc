#include "fake_table.h"

#include <algorithm>

namespace penstock::sim {

FakeTable::FakeTable(int partitions, std::int64_t offsets, std::size_t window)
    : window_(window),
      rows_(static_cast<std::size_t>(partitions),
            std::vector<std::uint16_t>(static_cast<std::size_t>(offsets))),
      newest_(static_cast<std::size_t>(partitions), -1) {}

bool FakeTable::insert(const std::string& name, const std::vector<Place>& rows, bool by_name) {
  if (by_name && !note(name)) return false;
  for (const Place& row : rows) {
    const auto partition = static_cast<std::size_t>(row.partition);
    ++rows_[partition][static_cast<std::size_t>(row.offset)];
    newest_[partition] = std::max(newest_[partition], row.offset);
  }
  return true;
}

bool FakeTable::note(const std::string& name) {
  if (!known_.insert(name).second) return false;
  names_.push_back(name);
  if (names_.size() > window_) {
    known_.erase(names_.front());
    names_.pop_front();
  }
  return true;
}

std::size_t FakeTable::rows_at(int partition, std::int64_t offset) const {
  return rows_[static_cast<std::size_t>(partition)][static_cast<std::size_t>(offset)];
}

std::vector<OffsetRun> FakeTable::stored(int partition, std::int64_t first,
                                         std::int64_t last) const {
  std::vector<OffsetRun> runs;
  for (std::int64_t offset = first; offset <= last; ++offset) {
    const std::size_t rows = rows_at(partition, offset);
    if (rows == 0) continue;
    const bool goes_on =
        !runs.empty() && runs.back().last == offset - 1 && runs.back().rows == rows;
    if (goes_on) {
      runs.back().last = offset;
    } else {
      runs.push_back({.first = offset, .last = offset, .rows = rows});
    }
  }
  return runs;
}

}  // namespace penstock::sim
