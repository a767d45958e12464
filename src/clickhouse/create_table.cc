#include "clickhouse/create_table.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/check.h"
#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

// How many inserts a table remembers, so that a repeated one adds nothing.
constexpr std::string_view kWindow = "non_replicated_deduplication_window";
constexpr std::string_view kWindowLength = "10000";

std::string column_list(const std::vector<std::string>& lines) {
  std::string out = "\n(";
  for (std::size_t index = 0; index < lines.size(); ++index) {
    out += (index == 0 ? "\n    " : ",\n    ") + lines[index];
  }
  return out + "\n)";
}

std::string engine_text(const EngineSettings& engine) {
  std::vector<std::string> arguments;
  if (!engine.zookeeper_path.empty()) {
    arguments = {quote_string(engine.zookeeper_path), quote_string(engine.replica_name)};
  }
  for (const std::string& column : {engine.version_column_id, engine.is_deleted_column_id}) {
    if (!column.empty()) arguments.push_back(quote_name(column));
  }
  if (!engine.column_ids.empty()) {
    std::vector<std::string> names;
    for (const std::string& column : engine.column_ids) names.push_back(quote_name(column));
    arguments.push_back("(" + join_list(names) + ")");
  }
  std::string text = "\nENGINE = " + std::string(wire_name(engine.type));
  return arguments.empty() ? text : text + "(" + join_list(arguments) + ")";
}

/// The names of columns in quotes, expressions as they are.
std::vector<std::string> sorting_key(const DestinationSettings& destination) {
  std::vector<std::string> key;
  for (const std::string& entry : destination.table_definition->sorting_key) {
    const bool is_column = std::ranges::find(destination.columns, entry, &ColumnSettings::name) !=
                           destination.columns.end();
    key.push_back(is_column ? quote_name(entry) : entry);
  }
  return key;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == text.npos;
}

std::string settings_text(const TableDefinition& definition) {
  std::map<std::string, std::string> settings = definition.settings;
  const bool remembers_by_itself =
      wire_name(definition.engine.type) != engine_family(definition.engine.type);
  if (!remembers_by_itself) settings.emplace(kWindow, kWindowLength);
  std::vector<std::string> parts;
  parts.reserve(settings.size());
  for (const auto& [name, value] : settings) {
    parts.push_back(name + " = " + (is_number(value) ? value : quote_string(value)));
  }
  return parts.empty() ? "" : "\nSETTINGS " + join_list(parts);
}

std::string storage_text(const DestinationSettings& destination) {
  const TableDefinition& definition = *destination.table_definition;
  std::string text = engine_text(definition.engine);
  if (definition.engine.type == TableEngine::null) return text;
  if (!definition.partition_by.empty()) text += "\nPARTITION BY " + definition.partition_by;
  if (!definition.primary_key.empty()) text += "\nPRIMARY KEY " + definition.primary_key;
  if (!definition.sorting_key.empty()) {
    text += "\nORDER BY (" + join_list(sorting_key(destination)) + ")";
  } else if (definition.primary_key.empty()) {
    text += "\nORDER BY tuple()";
  }
  if (!definition.ttl.empty()) text += "\nTTL " + definition.ttl;
  return text + settings_text(definition);
}

std::string column_text(const ColumnSettings& column) {
  std::string text = quote_name(column.name) + " " + column.type;
  const auto add = [&](std::string_view before, const std::string& given, std::string_view after) {
    if (given.empty()) return;
    text.append(before).append(given).append(after);
  };
  add(" DEFAULT ", column.default_value, "");
  add(" MATERIALIZED ", column.materialized, "");
  add(" ALIAS ", column.alias, "");
  add(" EPHEMERAL ", column.ephemeral, "");
  if (!column.comment.empty()) add(" COMMENT ", quote_string(column.comment), "");
  add(" CODEC(", column.codec, ")");
  add(" TTL ", column.ttl, "");
  return text;
}

std::string create_text(std::string_view database, std::string_view table,
                        std::string_view cluster) {
  std::string text = "CREATE TABLE IF NOT EXISTS " + quote_table(database, table);
  return cluster.empty() ? text : text + " ON CLUSTER " + quote_name(cluster);
}

Type type_of(std::string_view text) {
  auto type = parse_type(text);
  PENSTOCK_CHECK(type.ok(), "our own tables have types we can read");
  return std::move(type).value();
}

}  // namespace

std::string create_table_statement(const DestinationSettings& destination) {
  DestinationSettings whole = destination;
  if (!whole.table_definition) whole.table_definition.emplace();
  std::vector<std::string> lines;
  for (const ColumnSettings& column : whole.columns) lines.push_back(column_text(column));
  return create_text(whole.database, whole.table, whole.table_definition->on_cluster) +
         column_list(lines) + storage_text(whole);
}

std::string remember_inserts_statement(std::string_view database, std::string_view table,
                                       std::string_view window) {
  return "ALTER TABLE " + quote_table(database, table) + " MODIFY SETTING " + std::string(window) +
         " = " + std::string(kWindowLength);
}

BlockLayout own_layout(std::string database, std::string table,
                       std::span<const OwnColumn> columns) {
  BlockLayout layout{.database = std::move(database), .table = std::move(table)};
  for (const OwnColumn& column : columns) {
    layout.columns.push_back({.name = std::string(column.name), .type = type_of(column.type)});
  }
  return layout;
}

std::string create_own_table_statement(const BlockLayout& layout, std::string_view time_column,
                                       std::string_view cluster) {
  std::vector<std::string> lines;
  for (const TableColumn& column : layout.columns) {
    lines.push_back(quote_name(column.name) + " " + to_string(column.type));
  }
  const std::string time = quote_name(time_column);
  return create_text(layout.database, layout.table, cluster) + column_list(lines) +
         "\nENGINE = MergeTree\nORDER BY " + time + "\nTTL toDateTime(" + time +
         ") + INTERVAL 7 DAY" + settings_text({});
}

}  // namespace penstock::clickhouse
