#include "model/block.h"

#include <utility>

#include "base/check.h"

namespace penstock {

Result<Block> Block::make(std::shared_ptr<const BlockLayout> layout) {
  Block block(std::move(layout));
  for (const TableColumn& column : block.layout_->columns) {
    auto made = make_column(column.type);
    if (!made.ok()) return std::move(made).error().at("column " + column.name);
    block.slots_.push_back({.column = std::move(made).value()});
  }
  return block;
}

std::size_t Block::bytes() const noexcept {
  std::size_t total = origins_.bytes();
  for (const Slot& slot : slots_) total += slot.column->bytes() + slot.missing.size();
  return total;
}

void Block::put_missing(std::size_t index) {
  Slot& slot = slots_[index];
  slot.column->put_default();
  if (layout_->columns[index].default_kind != DefaultKind::expression) return;
  slot.missing.resize(slot.column->rows(), 0);
  slot.missing.back() = 1;
  ++slot.missing_rows;
}

void Block::truncate(std::size_t rows) {
  origins_.truncate(rows);
  for (Slot& slot : slots_) {
    slot.column->truncate(rows);
    while (slot.missing.size() > rows) {
      slot.missing_rows -= slot.missing.back();
      slot.missing.pop_back();
    }
  }
}

void Block::clear() {
  most_bytes_ = held_bytes();
  origins_.clear();
  for (Slot& slot : slots_) {
    slot.column->clear();
    slot.missing.clear();
    slot.missing_rows = 0;
  }
}

Block Block::slice(std::size_t first, std::size_t count) const {
  PENSTOCK_CHECK(first + count <= rows(), "slice lies within the block");
  auto made = make(layout_);
  PENSTOCK_CHECK(made.ok(), "a layout that made one block makes another");
  Block part = std::move(made).value();
  for (std::size_t row = first; row < first + count; ++row) part.origins_.add(origin(row));
  for (std::size_t index = 0; index < slots_.size(); ++index) {
    const Slot& from = slots_[index];
    Slot& to = part.slots_[index];
    to.column->append(*from.column, first, count);
    for (std::size_t row = first; row < std::min(first + count, from.missing.size()); ++row) {
      to.missing.push_back(from.missing[row]);
      to.missing_rows += from.missing[row];
    }
  }
  return part;
}

}  // namespace penstock
