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
    Choice<TableEngine>{TableEngine::null, "Null", "Keeps nothing; feeds materialized views."},
};

const Spec<EngineSettings>& engine_spec() {
  static const auto spec = [] {
    Spec<EngineSettings> s("engine", "Engine of the managed table.");
    s.choice<TableEngine>(&EngineSettings::type, "type", kEngines, "Which engine.");
    s.field(&EngineSettings::version_column_id, "versionColumnId",
            "ReplacingMergeTree: the column whose highest value wins.");
    s.field(&EngineSettings::column_ids, "columnIds",
            "SummingMergeTree: the columns to add up; all numeric ones when not given.");
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
            "Columns or expressions to sort by; none when not given.");
    s.field(&TableDefinition::partition_by, "partitionBy", "Expression to divide the table by.")
        .example("toYYYYMM(ts)");
    s.field(&TableDefinition::primary_key, "primaryKey",
            "Expression of the primary key; the sorting key when not given.");
    s.field(&TableDefinition::ttl, "ttl", "Expression after which rows are dropped.")
        .example("ts + INTERVAL 30 DAY");
    s.rule(check_sorting_key);
    return s;
  }();
  return spec;
}

const Spec<ColumnSettings>& column_spec() {
  static const auto spec = [] {
    Spec<ColumnSettings> s("column", "One column of the table.");
    s.field(&ColumnSettings::name, "name", "Name.").required().example("id");
    s.field(&ColumnSettings::type, "type", "ClickHouse type.").required().example("UInt64");
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
  s.field(&DestinationSettings::managed_table, "managedTable",
          "Does Penstock create the table? When not given: yes if `columns` are listed.");
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

}  // namespace penstock::clickhouse
