#include "clickhouse/spec_rules.h"

#include <fmt/format.h>

#include <set>

#include "spec/nearest_name.h"
#include "spec/value.h"

namespace penstock::clickhouse {
namespace {

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
  if (!engine.version_column_id.empty() && engine.type != TableEngine::replacing_merge_tree) {
    complaints.add("versionColumnId", "is only used with the type ReplacingMergeTree; remove it",
                   spec::quoted(engine.version_column_id));
  }
  if (!engine.column_ids.empty() && engine.type != TableEngine::summing_merge_tree) {
    complaints.add("columnIds", "is only used with the type SummingMergeTree; remove it");
  }
}

void check_sorting_key(const TableDefinition& definition, spec::Complaints& complaints) {
  if (definition.engine.type == TableEngine::replacing_merge_tree &&
      definition.sorting_key.empty()) {
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
  if (!managed && settings.table_definition) {
    complaints.add("tableDefinition",
                   settings.managed_table
                       ? "is only used when managedTable is true; remove it"
                       : "is only used for a table that Penstock creates; list its `columns` too");
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
  if (!engine.version_column_id.empty()) {
    check_listed(settings, engine.version_column_id, "tableDefinition.engine.versionColumnId",
                 complaints);
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
