#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::spec {
template <class Config>
class Spec;
}

namespace penstock::clickhouse {

enum class TableEngine : std::uint8_t {
  merge_tree,
  replacing_merge_tree,
  summing_merge_tree,
  null,
};

/// `tableDefinition.engine`.
struct EngineSettings {
  TableEngine type = TableEngine::merge_tree;
  std::string version_column_id;        // ReplacingMergeTree only
  std::vector<std::string> column_ids;  // SummingMergeTree only
};

/// `destination.tableDefinition`: how a managed table is created.
/// Everything but the engine is a SQL expression, put into the DDL as written.
struct TableDefinition {
  EngineSettings engine;
  std::vector<std::string> sorting_key;  // empty: ORDER BY tuple()
  std::string partition_by;
  std::string primary_key;
  std::string ttl;
};

/// One entry of `destination.columns`.
struct ColumnSettings {
  std::string name;
  std::string type;  // a ClickHouse type, e.g. "LowCardinality(String)"
};

/// `destination`, as written by the user. An empty string means "not given".
struct DestinationSettings {
  std::string url = "http://127.0.0.1:8123";
  std::string user = "default";
  std::string password;  // secret
  std::string database = "default";
  std::string table;
  std::optional<bool> managed_table;
  std::optional<TableDefinition> table_definition;
  std::vector<ColumnSettings> columns;
  std::vector<std::string> roles;
  std::string error_table;
};

/// The one description of `destination`; rules included.
const spec::Spec<DestinationSettings>& destination_spec();

/// Does Penstock create the table? `managedTable` says so; when it is absent, listing `columns`
/// means yes and listing none means "use the table that exists".
bool creates_table(const DestinationSettings& settings);

/// `errorTable`, or "<table>_penstock_error". In the same database as the table.
std::string error_table_name(const DestinationSettings& settings);

/// The wire spelling, e.g. "ReplacingMergeTree".
std::string_view wire_name(TableEngine engine);

}  // namespace penstock::clickhouse
