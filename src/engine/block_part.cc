#include "engine/block_part.h"

namespace penstock {
namespace {

// Rows of one message have one place.
std::int64_t place_of(const Sealed<Block>& sealed, std::size_t row) {
  const Block& block = sealed.payload;
  if (sealed.range) return block.origin(row).offset;
  while (row > 0 && block.origin(row - 1) == block.origin(row)) --row;
  return static_cast<std::int64_t>(row);
}

std::size_t first_row_behind(const Sealed<Block>& sealed, RowRange rows, std::int64_t place) {
  while (rows.size() > 0) {
    const std::size_t middle = rows.first + rows.size() / 2;
    if (place_of(sealed, middle) > place) {
      rows.end = middle;
    } else {
      rows.first = middle + 1;
    }
  }
  return rows.end;
}

}  // namespace

BlockPart whole_of(const Sealed<Block>& sealed) {
  const RowRange rows{0, sealed.payload.rows()};
  if (sealed.range) return {.rows = rows, .first = sealed.range->first, .last = sealed.range->last};
  return {.rows = rows, .first = 0, .last = static_cast<std::int64_t>(rows.end) - 1};
}

std::optional<std::array<BlockPart, 2>> halves_of(const Sealed<Block>& sealed, BlockPart part) {
  while (part.first < part.last) {
    const std::int64_t middle = part.first + (part.last - part.first) / 2;
    const std::size_t cut = first_row_behind(sealed, part.rows, middle);
    const BlockPart left{{part.rows.first, cut}, part.first, middle};
    const BlockPart right{{cut, part.rows.end}, middle + 1, part.last};
    if (left.rows.size() > 0 && right.rows.size() > 0) return std::array{left, right};
    part = left.rows.size() > 0 ? left : right;
  }
  return std::nullopt;
}

}  // namespace penstock
