#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "contract/sink.h"
#include "engine/missing_rows.h"
#include "model/block.h"

namespace penstock {

/// Rows of a block, and the places `first` to `last` they are cut by: offsets, whether those have
/// rows or not, where the block is a range of one log; else numbers of rows.
struct BlockPart {
  RowRange rows;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

BlockPart whole_of(const Sealed<Block>& sealed);

/// The first two parts that have rows when `part` is halved by its places again and again; none
/// when its rows are of one message. A range is cut alike whichever of its records are left.
std::optional<std::array<BlockPart, 2>> halves_of(const Sealed<Block>& sealed, BlockPart part);

}  // namespace penstock
