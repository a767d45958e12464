#include "clickhouse/create_table.h"

#include <utility>
#include <vector>

#include "base/check.h"
#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

constexpr std::string_view kRememberTokens =
    "\nSETTINGS non_replicated_deduplication_window = 10000";

std::string column_list(const std::vector<std::string>& lines) {
  std::string out = "\n(";
  for (std::size_t index = 0; index < lines.size(); ++index) {
    out += (index == 0 ? "\n    " : ",\n    ") + lines[index];
  }
  return out + "\n)";
}

std::string engine_text(const EngineSettings& engine) {
  std::string arguments;
  if (engine.type == TableEngine::replacing_merge_tree && !engine.version_column_id.empty()) {
    arguments = quote_name(engine.version_column_id);
  }
  if (engine.type == TableEngine::summing_merge_tree && !engine.column_ids.empty()) {
    std::vector<std::string> names;
    for (const std::string& column : engine.column_ids) names.push_back(quote_name(column));
    arguments = "(" + join_list(names) + ")";
  }
  std::string text = "\nENGINE = " + std::string(wire_name(engine.type));
  return arguments.empty() ? text : text + "(" + arguments + ")";
}

std::string storage_text(const TableDefinition& definition) {
  std::string text = engine_text(definition.engine);
  if (definition.engine.type == TableEngine::null) return text;
  if (!definition.partition_by.empty()) text += "\nPARTITION BY " + definition.partition_by;
  if (!definition.primary_key.empty()) text += "\nPRIMARY KEY " + definition.primary_key;
  if (!definition.sorting_key.empty()) {
    text += "\nORDER BY (" + join_list(definition.sorting_key) + ")";
  } else if (definition.primary_key.empty()) {
    text += "\nORDER BY tuple()";
  }
  if (!definition.ttl.empty()) text += "\nTTL " + definition.ttl;
  return text.append(kRememberTokens);
}

Type type_of(std::string_view text) {
  auto type = parse_type(text);
  PENSTOCK_CHECK(type.ok(), "our own tables have types we can read");
  return std::move(type).value();
}

}  // namespace

std::string create_table_statement(const DestinationSettings& destination) {
  std::vector<std::string> lines;
  for (const ColumnSettings& column : destination.columns) {
    lines.push_back(quote_name(column.name) + " " + column.type);
  }
  return "CREATE TABLE IF NOT EXISTS " + quote_table(destination.database, destination.table) +
         column_list(lines) +
         storage_text(destination.table_definition.value_or(TableDefinition{}));
}

BlockLayout own_layout(std::string database, std::string table,
                       std::span<const OwnColumn> columns) {
  BlockLayout layout{.database = std::move(database), .table = std::move(table)};
  for (const OwnColumn& column : columns) {
    layout.columns.push_back({.name = std::string(column.name), .type = type_of(column.type)});
  }
  return layout;
}

std::string create_own_table_statement(const BlockLayout& layout, std::string_view time_column) {
  std::vector<std::string> lines;
  for (const TableColumn& column : layout.columns) {
    lines.push_back(quote_name(column.name) + " " + to_string(column.type));
  }
  const std::string time = quote_name(time_column);
  return "CREATE TABLE IF NOT EXISTS " + quote_table(layout.database, layout.table) +
         column_list(lines) + "\nENGINE = MergeTree\nORDER BY " + time + "\nTTL toDateTime(" +
         time + ") + INTERVAL 7 DAY" + std::string(kRememberTokens);
}

}  // namespace penstock::clickhouse
