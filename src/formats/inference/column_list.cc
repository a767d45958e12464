#include "formats/inference/column_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "model/mapping.h"

namespace penstock {

ColumnList::ColumnList(const std::vector<std::string_view>& fields) {
  for (const std::string_view field : fields) {
    if (field.find('.') == std::string_view::npos) taken_.emplace(field);
  }
}

/// To ClickHouse "a.b" is a part of `a`, and two Arrays of such names must be equally long.
std::string ColumnList::column_name(std::string_view field) const {
  std::string name(field);
  if (name.find('.') == std::string::npos) return name;
  std::replace(name.begin(), name.end(), '.', '_');
  while (taken_.contains(name)) name += '_';
  return name;
}

ProposedColumn* ColumnList::add(std::string_view field) {
  if (field.empty()) {
    left_out.emplace_back("a field whose name is empty has no column");
    return nullptr;
  }
  if (virtual_column(field)) {
    left_out.push_back(
        fmt::format("the field {} has no column: the name means the record's metadata", field));
    return nullptr;
  }
  columns.push_back({.name = column_name(field), .field = std::string(field)});
  taken_.insert(columns.back().name);
  return &columns.back();
}

}  // namespace penstock
