#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::spec {
template <class Config>
class Spec;
}

namespace penstock::clickhouse {

/// Replicated… and Shared… exist where the server offers them: with a Keeper, in ClickHouse Cloud.
enum class TableEngine : std::uint8_t {
  merge_tree,
  replacing_merge_tree,
  summing_merge_tree,
  aggregating_merge_tree,
  null,
  replicated_merge_tree,
  replicated_replacing_merge_tree,
  replicated_summing_merge_tree,
  replicated_aggregating_merge_tree,
  shared_merge_tree,
  shared_replacing_merge_tree,
  shared_summing_merge_tree,
  shared_aggregating_merge_tree,
};

/// `tableDefinition.engine`.
struct EngineSettings {
  TableEngine type = TableEngine::merge_tree;
  std::string version_column_id;        // Replacing only
  std::string is_deleted_column_id;     // likewise, beside a version
  std::vector<std::string> column_ids;  // Summing only
  std::string zookeeper_path;           // Replicated only; empty: the server's default
  std::string replica_name;             // likewise
};

/// `destination.tableDefinition`: how a managed table is created.
/// Expressions and the values of settings are put into the DDL as written.
struct TableDefinition {
  EngineSettings engine;
  std::vector<std::string> sorting_key;  // columns or expressions; empty: ORDER BY tuple()
  std::string partition_by;
  std::string primary_key;
  std::string ttl;
  std::string on_cluster;
  std::map<std::string, std::string> settings;
};

/// One entry of `destination.columns`. At most one of the four expressions is given.
struct ColumnSettings {
  std::string name;
  std::string type;  // a ClickHouse type, e.g. "LowCardinality(String)"
  std::string default_value;
  std::string materialized;
  std::string alias;
  std::string ephemeral;
  std::string codec;  // what stands inside CODEC(…)
  std::string ttl;
  std::string comment;
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

/// The wire spelling, e.g. "ReplicatedReplacingMergeTree".
std::string_view wire_name(TableEngine engine);

/// An engine's name without Replicated or Shared in front: what it does with rows.
std::string_view engine_family(std::string_view engine);
inline std::string_view engine_family(TableEngine engine) {
  return engine_family(wire_name(engine));
}

}  // namespace penstock::clickhouse
