#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/column.h"
#include "model/row_origins.h"
#include "model/table.h"

namespace penstock {

/// Which columns of which table a block fills, in which order. Shared by all
/// blocks of a pipe; never changed once made.
struct BlockLayout {
  std::string database;
  std::string table;
  std::vector<TableColumn> columns;
};

/// One column of a block: its values, and which rows brought none.
///
/// A row that brought none holds the type's zero value here; `missing` matters
/// only where the table column has a DEFAULT expression the server must evaluate.
struct Slot {
  std::unique_ptr<Column> column;
  std::vector<std::uint8_t> missing;  // per row 1 or 0; kept only with a DEFAULT expression
  std::size_t missing_rows = 0;
};

/// Equal-length columns: the only thing that travels between stages after
/// decoding. Move-only; the stage that holds it owns it.
///
/// A row is written by putting one value (or put_missing) into every slot and
/// then calling end_row(). Until then rewind() undoes it.
class Block {
 public:
  /// Errors: pipe.mapping when a column has a type Penstock does not write.
  static Result<Block> make(std::shared_ptr<const BlockLayout> layout);

  const BlockLayout& layout() const noexcept { return *layout_; }
  std::size_t rows() const noexcept { return origins_.rows(); }
  /// Bytes the columns hold, as the seal and the budget count them.
  std::size_t bytes() const noexcept;
  /// Bytes of memory it keeps: the most its columns held since it was made.
  std::size_t held_bytes() const noexcept { return std::max(most_bytes_, bytes()); }

  std::vector<Slot>& slots() noexcept { return slots_; }
  const std::vector<Slot>& slots() const noexcept { return slots_; }
  ColumnWriter& writer(std::size_t slot) noexcept { return *slots_[slot].column; }

  /// The row being written brings no value for this slot.
  void put_missing(std::size_t slot);
  /// The row being written is whole.
  void end_row(RowOrigin origin) { origins_.add(origin); }
  /// Forgets what was written since the last end_row().
  void rewind() { truncate(rows()); }
  /// Forgets every row from `rows` on, and the one being written.
  void truncate(std::size_t rows);
  /// Forgets all rows, keeps memory for the next use.
  void clear();

  RowOrigin origin(std::size_t row) const { return origins_.at(row); }

  /// A block of the same layout holding rows [first, first + count).
  Block slice(std::size_t first, std::size_t count) const;

 private:
  explicit Block(std::shared_ptr<const BlockLayout> layout) : layout_(std::move(layout)) {}

  std::shared_ptr<const BlockLayout> layout_;
  std::vector<Slot> slots_;
  RowOrigins origins_;
  std::size_t most_bytes_ = 0;  // before the last clear()
};

}  // namespace penstock
