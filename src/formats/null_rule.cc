#include "formats/null_rule.h"

namespace penstock {
namespace {

bool holds_null(const Type& type) {
  if (type.is("LowCardinality")) return holds_null(type.arguments.front());
  return type.is("Nullable") || type.is("Variant") || type.is("Dynamic");
}

}  // namespace

bool null_is_missing(const TableColumn& column) {
  return column.default_kind == DefaultKind::expression && !holds_null(column.type);
}

}  // namespace penstock
