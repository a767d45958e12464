#include "formats/inference/sorting_key.h"

#include <fmt/format.h>

#include <algorithm>

#include "formats/inference/field_name.h"

namespace penstock {
namespace {

bool is_any_of(const Type& type, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](auto name) { return type.is(name); });
}

bool has_few_values(const KeyCandidate& column) {
  if (is_any_of(column.type, {"Enum8", "Enum16"})) return true;
  return column.type.is("LowCardinality") && column.type.arguments.front().is("String") &&
         column.distinct != 1;
}

bool holds_time(const KeyCandidate& column) {
  return is_any_of(column.type, {"Date", "Date32", "DateTime", "DateTime64"});
}

bool tells_rows_apart(const KeyCandidate& column) {
  const bool repeats = column.distinct != 0 && column.distinct < column.values;
  return names_identity(column.name) && !repeats &&
         is_any_of(column.type, {"UUID", "String", "FixedString", "Int32", "UInt32", "Int64",
                                 "UInt64", "Int128", "UInt128", "Int256", "UInt256"});
}

using Filter = bool (*)(const KeyCandidate&);

const KeyCandidate* first(std::span<const KeyCandidate> columns, Filter fits) {
  const auto found = std::find_if(columns.begin(), columns.end(), fits);
  return found == columns.end() ? nullptr : &*found;
}

const KeyCandidate* coarsest(std::span<const KeyCandidate> columns) {
  const KeyCandidate* best = nullptr;
  for (const KeyCandidate& column : columns) {
    if (!has_few_values(column)) continue;
    if (best == nullptr || column.distinct < best->distinct) best = &column;
  }
  return best;
}

}  // namespace

SortingKey choose_sorting_key(std::span<const KeyCandidate> candidates) {
  SortingKey key;
  const auto add = [&](const KeyCandidate* column, std::string_view why) {
    if (column == nullptr) return;
    key.columns.push_back(column->name);
    key.reason += fmt::format("{}{} {}", key.reason.empty() ? "" : "; ", column->name, why);
  };
  add(coarsest(candidates), "has few values, so equal rows lie together");
  add(first(candidates, holds_time), "is a time, which most questions ask by");
  add(first(candidates, tells_rows_apart), "tells rows apart");
  if (key.columns.empty()) {
    key.reason = "no column that is always there has few values, a time or an identity";
  }
  return key;
}

}  // namespace penstock
