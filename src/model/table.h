#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/type.h"

namespace penstock {

/// How a column of the destination gets a value when the row brings none.
enum class DefaultKind : std::uint8_t {
  none,          // the type's zero value, null for Nullable
  expression,    // DEFAULT: the server evaluates default_expression
  materialized,  // MATERIALIZED: never written
  alias,         // ALIAS: never written
  ephemeral,     // EPHEMERAL: written only when mapped
};

struct TableColumn {
  std::string name;
  Type type;
  DefaultKind default_kind = DefaultKind::none;
  std::string default_expression;
  bool operator==(const TableColumn&) const = default;
};

/// A destination table as the server describes it. Names are not quoted.
struct Table {
  std::string database;
  std::string name;
  std::string engine;
  std::string sorting_key;  // "id, lower(name)"; empty where there is none
  std::vector<TableColumn> columns;
  std::string time_zone;  // of times without one, in columns that name none; empty: UTC

  const TableColumn* find(std::string_view column) const;
};

/// Is this column, by itself, a part of the sorting key "id, lower(name)"?
bool is_in_sorting_key(std::string_view column, std::string_view sorting_key);

}  // namespace penstock
