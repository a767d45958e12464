#include "model/table.h"

#include <algorithm>

namespace penstock {

const TableColumn* Table::find(std::string_view column) const {
  const auto found = std::ranges::find(columns, column, &TableColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

bool is_in_sorting_key(std::string_view column, std::string_view sorting_key) {
  while (!sorting_key.empty()) {
    const std::string_view part = sorting_key.substr(0, sorting_key.find(", "));
    sorting_key.remove_prefix(std::min(sorting_key.size(), part.size() + 2));
    if (unquote(part) == column) return true;
  }
  return false;
}

}  // namespace penstock
