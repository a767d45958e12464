#include "clickhouse/spec_rules.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "spec/nearest_name.h"
#include "spec/value.h"

namespace penstock::clickhouse {
namespace {

constexpr std::string_view kReplacing = "ReplacingMergeTree";
constexpr std::string_view kSettingLetters = "abcdefghijklmnopqrstuvwxyz0123456789_";

/// Complains when a column the engine needs is not listed.
void check_listed(const DestinationSettings& settings, const std::string& name, std::string path,
                  spec::Complaints& complaints) {
  std::vector<std::string_view> names;
  for (const ColumnSettings& column : settings.columns) {
    if (column.name == name) return;
    names.push_back(column.name);
  }
  const std::string_view near = spec::nearest_name(name, names);
  const std::string hint = near.empty() ? "" : fmt::format("; did you mean `{}`?", near);
  complaints.add(std::move(path), "must name one of `columns`" + hint, spec::quoted(name));
}

}  // namespace

void check_engine(const EngineSettings& engine, spec::Complaints& complaints) {
  const std::string_view name = wire_name(engine.type);
  const auto only_with = [&](std::string_view kind, bool fits, const char* path,
                             const std::string& given) {
    if (fits || given.empty()) return;
    complaints.add(path, fmt::format("is only used with the type {}; remove it", kind),
                   spec::quoted(given));
  };
  const bool replaces = engine_family(engine.type) == kReplacing;
  only_with(kReplacing, replaces, "versionColumnId", engine.version_column_id);
  only_with(kReplacing, replaces, "isDeletedColumnId", engine.is_deleted_column_id);
  if (replaces && engine.version_column_id.empty() && !engine.is_deleted_column_id.empty()) {
    complaints.add("versionColumnId", "is required beside isDeletedColumnId");
  }
  const std::string summed = engine.column_ids.empty() ? "" : engine.column_ids.front();
  only_with("SummingMergeTree", engine_family(engine.type) == "SummingMergeTree", "columnIds",
            summed);
  const bool replicated = name.starts_with("Replicated");
  only_with("Replicated…", replicated, "zookeeperPath", engine.zookeeper_path);
  only_with("Replicated…", replicated, "replicaName", engine.replica_name);
  if (replicated && engine.zookeeper_path.empty() != engine.replica_name.empty()) {
    complaints.add(engine.replica_name.empty() ? "replicaName" : "zookeeperPath",
                   "zookeeperPath and replicaName are given together, or neither");
  }
}

void check_table_settings(const TableDefinition& definition, spec::Complaints& complaints) {
  for (const auto& [name, value] : definition.settings) {
    const bool is_name = !name.empty() && name.find_first_not_of(kSettingLetters) == name.npos;
    if (!is_name) {
      complaints.add("settings." + name, "must be the name of a MergeTree setting",
                     spec::quoted(name));
    }
  }
}

void check_column(const ColumnSettings& column, spec::Complaints& complaints) {
  std::string_view first;
  for (const auto& [key, expression] : {std::pair{"default", &column.default_value},
                                        {"materialized", &column.materialized},
                                        {"alias", &column.alias},
                                        {"ephemeral", &column.ephemeral}}) {
    if (expression->empty()) continue;
    if (!first.empty()) {
      complaints.add(key, fmt::format("stands beside `{}`; keep one of them", first));
      return;
    }
    first = key;
  }
}

void check_sorting_key(const TableDefinition& definition, spec::Complaints& complaints) {
  if (engine_family(definition.engine.type) == kReplacing && definition.sorting_key.empty()) {
    complaints.add("sortingKey",
                   "is required for ReplacingMergeTree: rows with the same key "
                   "replace each other");
  }
}

void check_managed_table(const DestinationSettings& settings, spec::Complaints& complaints) {
  const bool managed = creates_table(settings);
  if (managed && settings.columns.empty()) {
    complaints.add("columns", "must list the columns of the table when managedTable is true",
                   "none");
  }
  // Beside `managedTable: false` it says what the table should be like, as `columns` do.
  if (!managed && !settings.managed_table && settings.table_definition) {
    complaints.add("tableDefinition",
                   "is only used for a table that Penstock creates; list its `columns` too");
  }
}

void check_column_names(const DestinationSettings& settings, spec::Complaints& complaints) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < settings.columns.size(); ++i) {
    const std::string& name = settings.columns[i].name;
    if (!name.empty() && !seen.insert(name).second) {
      complaints.add(fmt::format("columns[{}].name", i), "each column must be listed once",
                     spec::quoted(name));
    }
  }
  if (!settings.table_definition || settings.columns.empty()) return;
  const EngineSettings& engine = settings.table_definition->engine;
  for (const auto& [key, column] : {std::pair{"versionColumnId", &engine.version_column_id},
                                    {"isDeletedColumnId", &engine.is_deleted_column_id}}) {
    if (column->empty()) continue;
    check_listed(settings, *column, fmt::format("tableDefinition.engine.{}", key), complaints);
  }
  for (std::size_t i = 0; i < engine.column_ids.size(); ++i) {
    check_listed(settings, engine.column_ids[i],
                 fmt::format("tableDefinition.engine.columnIds[{}]", i), complaints);
  }
}

void check_error_table(const DestinationSettings& settings, spec::Complaints& complaints) {
  if (!settings.error_table.empty() && settings.error_table == settings.table) {
    complaints.add("errorTable", "must be another table than `table`",
                   spec::quoted(settings.error_table));
  }
}

}  // namespace penstock::clickhouse
