#pragma once

#include <cstddef>
#include <optional>

#include "model/block.h"

namespace penstock::protobuf {

/// Where values go: a slot of the block or the elements of Arrays in it, or else a child of
/// the column that the whole message goes to, or that column itself.
struct Place {
  std::optional<std::size_t> slot;
  std::size_t levels = 0;   // of Arrays, inside the slot
  std::size_t element = 0;  // without a slot
  bool is_itself = false;   // without a slot

  /// One more Array deep.
  Place inside() const { return {.slot = slot, .levels = levels + 1, .element = element}; }
  bool is_whole_slot() const { return slot.has_value() && levels == 0; }

  ColumnWriter& find(Block& block, ColumnWriter* parent) const {
    if (!slot) return is_itself ? *parent : parent->child(element);
    ColumnWriter* column = &block.writer(*slot);
    for (std::size_t level = 0; level < levels; ++level) column = &column->child(0);
    return *column;
  }
};

}  // namespace penstock::protobuf
