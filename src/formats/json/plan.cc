#include "formats/json/plan.h"

namespace penstock::json {
namespace {

bool holds_null(const Type& type) {
  if (type.is("LowCardinality")) return holds_null(type.arguments.front());
  return type.is("Nullable") || type.is("Variant") || type.is("Dynamic");
}

}  // namespace

Plan::Plan(const Mapping& mapping) {
  for (const PayloadTarget& target : mapping.payload) {
    const TableColumn& column = mapping.layout->columns[target.slot];
    const bool has_expression = column.default_kind == DefaultKind::expression;
    const auto [entry, is_new] = index_.try_emplace(target.field, fields_.size());
    if (is_new) {
      keys_.push_back(target.field);
      fields_.emplace_back();
    }
    fields_[entry->second].push_back(targets_.size());
    targets_.push_back({target.slot, has_expression && !holds_null(column.type)});
  }
}

std::optional<std::size_t> Plan::find(std::string_view key) const {
  const auto found = index_.find(key);
  if (found == index_.end()) return std::nullopt;
  return found->second;
}

}  // namespace penstock::json
