#include "clickhouse/position_columns.h"

#include <array>

namespace penstock::clickhouse {
namespace {

const Type& inside(const Type& type) {
  const bool is_wrapped = type.is("Nullable") || type.is("LowCardinality");
  return is_wrapped ? inside(type.arguments.front()) : type;
}

bool is_text(const Type& type) { return type.is("String") || type.name.starts_with("Enum"); }
bool is_integer(const Type& type) {
  return type.name.starts_with("Int") || type.name.starts_with("UInt");
}

struct Wanted {
  VirtualColumn column;
  std::string_view field;
  std::string PositionColumns::*name;
  bool (*is_fit)(const Type&);
};
constexpr std::array kWanted = {
    Wanted{VirtualColumn::topic, "_topic", &PositionColumns::topic, is_text},
    Wanted{VirtualColumn::partition, "_partition", &PositionColumns::partition, is_integer},
    Wanted{VirtualColumn::offset, "_offset", &PositionColumns::offset, is_integer},
};

}  // namespace

PositionColumns position_columns(const Mapping& mapping) {
  PositionColumns columns;
  std::string unmapped;
  for (const Wanted& wanted : kWanted) {
    bool is_mapped = false;
    for (const VirtualTarget& target : mapping.virtuals) {
      if (target.column != wanted.column) continue;
      is_mapped = true;
      const TableColumn& column = mapping.layout->columns[target.slot];
      if (wanted.is_fit(inside(column.type))) columns.*wanted.name = column.name;
    }
    if (!(columns.*wanted.name).empty()) continue;
    unmapped += (unmapped.empty() ? "`" : ", `") + std::string(wanted.field) + "`";
    if (is_mapped) unmapped += " (as text or integer)";
  }
  if (!unmapped.empty()) columns.why_not = "no column is mapped to " + unmapped;
  return columns;
}

bool are_in_sorting_key(const PositionColumns& columns, std::string_view sorting_key) {
  return is_in_sorting_key(columns.topic, sorting_key) &&
         is_in_sorting_key(columns.partition, sorting_key) &&
         is_in_sorting_key(columns.offset, sorting_key);
}

}  // namespace penstock::clickhouse
