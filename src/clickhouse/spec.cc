#include "clickhouse/spec.h"

#include <array>

#include "clickhouse/spec_rules.h"
#include "spec/spec.h"

namespace penstock::clickhouse {
namespace {

using spec::Choice;
using spec::Spec;

constexpr std::array kEngines = {
    Choice<TableEngine>{TableEngine::merge_tree, "MergeTree", "Keeps every row."},
    Choice<TableEngine>{TableEngine::replacing_merge_tree, "ReplacingMergeTree",
                        "Keeps the last row of each sorting key."},
    Choice<TableEngine>{TableEngine::summing_merge_tree, "SummingMergeTree",
                        "Adds up the rows of each sorting key."},
    Choice<TableEngine>{TableEngine::aggregating_merge_tree, "AggregatingMergeTree",
                        "Combines the aggregate states of each sorting key."},
    Choice<TableEngine>{TableEngine::null, "Null", "Keeps nothing; feeds materialized views."},
    Choice<TableEngine>{TableEngine::replicated_merge_tree, "ReplicatedMergeTree",
                        "The same as MergeTree, on every replica that shares the Keeper path."},
    Choice<TableEngine>{
        TableEngine::replicated_replacing_merge_tree, "ReplicatedReplacingMergeTree",
        "The same as ReplacingMergeTree, on every replica that shares the Keeper path."},
    Choice<TableEngine>{
        TableEngine::replicated_summing_merge_tree, "ReplicatedSummingMergeTree",
        "The same as SummingMergeTree, on every replica that shares the Keeper path."},
    Choice<TableEngine>{
        TableEngine::replicated_aggregating_merge_tree, "ReplicatedAggregatingMergeTree",
        "The same as AggregatingMergeTree, on every replica that shares the Keeper path."},
    Choice<TableEngine>{TableEngine::shared_merge_tree, "SharedMergeTree",
                        "The same as MergeTree, on every replica of a ClickHouse Cloud service."},
    Choice<TableEngine>{
        TableEngine::shared_replacing_merge_tree, "SharedReplacingMergeTree",
        "The same as ReplacingMergeTree, on every replica of a ClickHouse Cloud service."},
    Choice<TableEngine>{
        TableEngine::shared_summing_merge_tree, "SharedSummingMergeTree",
        "The same as SummingMergeTree, on every replica of a ClickHouse Cloud service."},
    Choice<TableEngine>{
        TableEngine::shared_aggregating_merge_tree, "SharedAggregatingMergeTree",
        "The same as AggregatingMergeTree, on every replica of a ClickHouse Cloud service."},
};

const Spec<EngineSettings>& engine_spec() {
  static const auto spec = [] {
    Spec<EngineSettings> s("engine", "Engine of the managed table.");
    s.choice<TableEngine>(&EngineSettings::type, "type", kEngines, "Which engine.");
    s.field(&EngineSettings::version_column_id, "versionColumnId",
            "ReplacingMergeTree: the column whose highest value wins.");
    s.field(&EngineSettings::is_deleted_column_id, "isDeletedColumnId",
            "ReplacingMergeTree: a UInt8 column; 1 in the last row of a key drops the key.");
    s.field(&EngineSettings::column_ids, "columnIds",
            "SummingMergeTree: the columns to add up; all numeric ones when not given.");
    s.field(&EngineSettings::zookeeper_path, "zookeeperPath",
            "Replicated…: the table's path in Keeper; the server's default when not given.")
        .example("/clickhouse/tables/{shard}/orders")
        .advanced();
    s.field(&EngineSettings::replica_name, "replicaName",
            "Replicated…: this replica's name, given together with zookeeperPath.")
        .example("{replica}")
        .advanced();
    s.rule(check_engine);
    return s;
  }();
  return spec;
}

const Spec<TableDefinition>& table_definition_spec() {
  static const auto spec = [] {
    Spec<TableDefinition> s("tableDefinition", "How the managed table is created.");
    s.object(&TableDefinition::engine, "engine", engine_spec(), "Engine of the table.");
    s.field(&TableDefinition::sorting_key, "sortingKey",
            "Columns of `columns`, or expressions, to sort by; none when not given.");
    s.field(&TableDefinition::partition_by, "partitionBy", "Expression to divide the table by.")
        .example("toYYYYMM(ts)");
    s.field(&TableDefinition::primary_key, "primaryKey",
            "Expression of the primary key; the sorting key when not given.");
    s.field(&TableDefinition::ttl, "ttl", "Expression after which rows are dropped.")
        .example("ts + INTERVAL 30 DAY");
    s.field(&TableDefinition::on_cluster, "onCluster",
            "Cluster on whose servers the table is created, and the error table beside it.");
    s.field(&TableDefinition::settings, "settings",
            "Settings of the table. Unless given here, a table that is not replicated remembers "
            "10000 inserts (`non_replicated_deduplication_window`).")
        .advanced();
    s.rule(check_sorting_key);
    s.rule(check_table_settings);
    return s;
  }();
  return spec;
}

const Spec<ColumnSettings>& column_spec() {
  static const auto spec = [] {
    Spec<ColumnSettings> s("column", "One column of the table.");
    s.field(&ColumnSettings::name, "name", "Name.").required().example("id");
    s.field(&ColumnSettings::type, "type", "ClickHouse type.").required().example("UInt64");
    s.field(&ColumnSettings::default_value, "default",
            "Expression for rows whose message brings no value.")
        .example("now()");
    s.field(&ColumnSettings::materialized, "materialized",
            "Expression the server computes for every row; never read from a message.")
        .example("toDate(ts)");
    s.field(&ColumnSettings::alias, "alias",
            "Expression computed when the column is read; nothing is stored.");
    s.field(&ColumnSettings::ephemeral, "ephemeral",
            "Expression for rows without a value; the column is not stored, other expressions use "
            "it. Written only when fieldMappings names it.")
        .advanced();
    s.field(&ColumnSettings::codec, "codec", "How the column is compressed.")
        .example("Delta, ZSTD(1)")
        .advanced();
    s.field(&ColumnSettings::ttl, "ttl", "Expression after which the column's values are dropped.")
        .advanced();
    s.field(&ColumnSettings::comment, "comment", "Comment of the column.").advanced();
    s.rule(check_column);
    return s;
  }();
  return spec;
}

void describe_server_fields(Spec<DestinationSettings>& s) {
  s.field(&DestinationSettings::url, "url", "HTTP(S) address of the ClickHouse server.")
      .pattern("https?://[^/?#@ ]+/?", "http://host:port or https://host:port")
      .example("https://clickhouse.example.com:8443");
  s.field(&DestinationSettings::user, "user", "ClickHouse user.").range(1, 1000);
  s.field(&DestinationSettings::password, "password", "Password of the user.").secret();
}

void describe_table_fields(Spec<DestinationSettings>& s) {
  s.field(&DestinationSettings::database, "database", "Database of the table.").range(1, 1000);
  s.field(&DestinationSettings::table, "table", "Table the rows go to.")
      .required()
      .example("orders")
      .suggest("clickhouse.tables");
  s.field(
      &DestinationSettings::managed_table, "managedTable",
      "Does Penstock create the table? When not given: yes if `columns` are listed. A table that "
      "exists is used as it is; what differs from the document is said in the log. Only "
      "when given as true, one that remembers no inserts is altered so that it does.");
  s.object(&DestinationSettings::table_definition, "tableDefinition", table_definition_spec(),
           "How the managed table is created.");
  s.list(&DestinationSettings::columns, "columns", column_spec(),
         "Columns of the table; of an existing table, the ones to write.");
  s.field(&DestinationSettings::roles, "roles",
          "Kept for documents made for ClickPipes; Penstock logs in as `user`.")
      .advanced();
  s.field(&DestinationSettings::error_table, "errorTable",
          "Table for records that cannot become rows; `<table>_penstock_error` when not given.")
      .advanced();
}

}  // namespace

const Spec<DestinationSettings>& destination_spec() {
  static const auto spec = [] {
    Spec<DestinationSettings> s("destination", "Writes rows into a ClickHouse table.");
    describe_server_fields(s);
    describe_table_fields(s);
    s.rule(check_managed_table);
    s.rule(check_column_names);
    s.rule(check_error_table);
    return s;
  }();
  return spec;
}

bool creates_table(const DestinationSettings& settings) {
  return settings.managed_table.value_or(!settings.columns.empty());
}

std::string error_table_name(const DestinationSettings& settings) {
  if (!settings.error_table.empty()) return settings.error_table;
  return settings.table + "_penstock_error";
}

std::string_view wire_name(TableEngine engine) {
  return spec::name_of<TableEngine>(kEngines, engine);
}

std::string_view engine_family(std::string_view engine) {
  for (const std::string_view prefix : {"Replicated", "Shared"}) {
    if (engine.starts_with(prefix)) return engine.substr(prefix.size());
  }
  return engine;
}

}  // namespace penstock::clickhouse
