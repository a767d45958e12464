#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "contract/range_rows.h"
#include "model/block.h"

namespace penstock {

/// Rows [first, end) of a block.
struct RowRange {
  std::size_t first = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - first; }
};

/// What of a block the table lacks.
struct MissingRows {
  std::vector<RowRange> rows;      // in order, no two of them touch
  std::vector<std::int64_t> torn;  // offsets of messages of which some rows are stored, but not all
};

/// Compares a block of one log with what the table holds of its range. A message counts as stored
/// when the table has as many rows of it as the block, or more.
MissingRows missing_rows(const Block& block, const std::vector<OffsetRun>& stored);

}  // namespace penstock
