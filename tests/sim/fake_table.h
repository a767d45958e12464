#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_set>
#include <vector>

#include "contract/range_rows.h"

namespace penstock::sim {

/// One row, as the table knows it.
struct Place {
  int partition = 0;
  std::int64_t offset = 0;
};

/// A table that counts its rows by where they came from, and knows the names of its newest inserts.
class FakeTable {
 public:
  FakeTable(int partitions, std::int64_t offsets, std::size_t window);

  /// False when the name is known: then nothing happens.
  bool insert(const std::string& name, const std::vector<Place>& rows, bool by_name);
  /// The name is known from now on. False when it is already.
  bool note(const std::string& name);
  std::size_t rows_at(int partition, std::int64_t offset) const;
  std::vector<OffsetRun> stored(int partition, std::int64_t first, std::int64_t last) const;
  /// The newest row that is there of each partition.
  std::int64_t newest(int partition) const { return newest_[static_cast<std::size_t>(partition)]; }

 private:
  const std::size_t window_;
  std::vector<std::vector<std::uint16_t>> rows_;  // by partition and offset
  std::vector<std::int64_t> newest_;
  std::deque<std::string> names_;
  std::unordered_set<std::string> known_;
};

}  // namespace penstock::sim
