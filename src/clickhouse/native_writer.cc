#include "clickhouse/native_writer.h"

#include <string>

namespace penstock::clickhouse {
namespace {

/// One byte per row, 1 where no value came: a null map as well as a UInt8 column.
void write_missing(const Slot& slot, std::size_t rows, NativeOutput& out) {
  out.borrow(slot.missing.data(), slot.missing.size());
  // Flags are kept up to the last missing row only.
  const std::string present(rows - slot.missing.size(), '\0');
  out.copy(present.data(), present.size());
}

void write_slot(const Block& block, std::size_t index, Travel travel, NativeOutput& out) {
  const Slot& slot = block.slots()[index];
  const Type& type = block.layout().columns[index].type;
  const bool nullable = travel == Travel::nullable;
  out.text(value_name(block, index, travel));
  out.text(to_string(nullable ? Type{.name = "Nullable", .arguments = {type}} : type));
  slot.column->write_prefix(out);
  if (nullable) write_missing(slot, block.rows(), out);
  slot.column->write_rows(out);
  if (travel != Travel::with_presence) return;
  out.text(presence_name(index));
  out.text("UInt8");
  write_missing(slot, block.rows(), out);
}

}  // namespace

void write_native(const Block& block, const InsertPlan& plan, NativeOutput& out) {
  out.varint(plan.columns());
  out.varint(block.rows());
  for (std::size_t slot = 0; slot < plan.travels.size(); ++slot) {
    if (plan.travels[slot] != Travel::left_out) write_slot(block, slot, plan.travels[slot], out);
  }
}

}  // namespace penstock::clickhouse
