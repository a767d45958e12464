#include "model/table.h"

#include <algorithm>

namespace penstock {

const TableColumn* Table::find(std::string_view column) const {
  const auto found = std::ranges::find(columns, column, &TableColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

}  // namespace penstock
