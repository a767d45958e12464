#include "clickhouse/destination_facts.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "clickhouse/select_rows.h"
#include "clickhouse/spec.h"
#include "clickhouse/sql_text.h"
#include "model/type.h"

namespace penstock::clickhouse {
namespace {

constexpr std::string_view kPurpose = "Asking what the destination remembers of inserts";
constexpr std::size_t kMostViews = 64;
// COLUMNS(…) of a column that an older server lacks is nothing, and no error.
constexpr std::string_view kTableColumns =
    "database, name, engine, engine_full, sorting_key, partition_key != '' AS is_partitioned, "
    "COLUMNS('^target_(database|table)$')";

TableFacts table_of(const Row& row) {
  return {.database = text_of(row, "database"),
          .name = text_of(row, "name"),
          .engine = text_of(row, "engine"),
          .engine_full = text_of(row, "engine_full"),
          .sorting_key = text_of(row, "sorting_key"),
          .is_partitioned = text_of(row, "is_partitioned") == "1"};
}

bool is_grant(const Error& error) { return error.code == "clickhouse.grant"; }

std::string named(std::string_view database, std::string_view table) {
  return fmt::format("database = {} AND name = {}", quoted_or_current(database),
                     quote_string(table));
}

std::string tables_where(const std::string& condition) {
  return fmt::format("SELECT {} FROM system.tables WHERE {}", kTableColumns, condition);
}

/// The table, or what a materialized view of this name writes to.
Result<TableFacts> find_table_facts(Client& client, std::string database, std::string table) {
  for (std::size_t views = 0; views <= kMostViews; ++views) {
    PENSTOCK_TRY(rows, select_rows(client, kPurpose, tables_where(named(database, table))));
    if (rows.empty()) break;
    const std::string target = text_of(rows.front(), "target_table");
    const bool leads_on = text_of(rows.front(), "engine") == "MaterializedView" && !target.empty();
    if (!leads_on) return table_of(rows.front());
    database = text_of(rows.front(), "target_database");
    table = target;
  }
  return Error{.fault = Fault::user,
               .recovery = Recovery::stop,
               .code = "clickhouse.missing_table",
               .message = fmt::format("{}: there is no table {}, or the user may not see it",
                                      kPurpose, quote_table(database, table))};
}

/// Views fed by `from`, then those fed by their targets, and so on.
Status find_views(Client& client, const TableFacts& from, std::vector<ViewFacts>& views) {
  std::vector<TableFacts> feeding = {from};
  std::set<std::string> seen;
  while (!feeding.empty() && views.size() < kMostViews) {
    const TableFacts table = std::move(feeding.back());
    feeding.pop_back();
    PENSTOCK_TRY(rows,
                 select_rows(client, kPurpose,
                             tables_where("engine = 'MaterializedView' AND (database, name) IN "
                                          "(SELECT arrayJoin(arrayZip(dependencies_database, "
                                          "dependencies_table)) FROM system.tables WHERE " +
                                          named(table.database, table.name) + ") ORDER BY name")));
    for (const Row& row : rows) {
      ViewFacts view{.name = quote_table(text_of(row, "database"), text_of(row, "name"))};
      if (!seen.insert(view.name).second) continue;
      const std::string target = text_of(row, "target_table");
      if (!target.empty()) {
        PENSTOCK_TRY(found, find_table_facts(client, text_of(row, "target_database"), target));
        feeding.push_back(found);
        view.target = std::move(found);
      }
      views.push_back(std::move(view));
    }
  }
  return done();
}

Status find_settings(Client& client, const UrlSettings& user, DestinationFacts& facts) {
  PENSTOCK_TRY(rows,
               select_rows(client, kPurpose,
                           "SELECT name, value, readonly, version() AS version FROM "
                           "system.settings WHERE name IN ('readonly', 'insert_deduplicate', "
                           "'deduplicate_insert', 'deduplicate_insert_select', "
                           "'insert_deduplication_token', 'insert_distributed_one_random_shard')",
                           user));
  for (const Row& row : rows) {
    facts.version = text_of(row, "version");
    facts.settings[text_of(row, "name")] = {.value = text_of(row, "value"),
                                            .is_fixed = text_of(row, "readonly") == "1"};
  }
  return done();
}

Status find_table_defaults(Client& client, DestinationFacts& facts) {
  const auto rows = select_rows(
      client, kPurpose,
      "SELECT name, value FROM system.merge_tree_settings WHERE name = "
      "'non_replicated_deduplication_window' UNION ALL SELECT name, value FROM "
      "system.replicated_merge_tree_settings WHERE name IN ('replicated_deduplication_window', "
      "'replicated_deduplication_window_seconds')");
  if (!rows.ok()) return is_grant(rows.error()) ? done() : Status(rows.error());
  for (const Row& row : rows.value()) {
    facts.table_defaults[text_of(row, "name")] = number_of<std::uint64_t>(row, "value");
  }
  return done();
}

Status find_cluster(Client& client, DestinationFacts& facts) {
  const auto rows = select_rows(client, kPurpose,
                                "SELECT cluster FROM system.clusters GROUP BY cluster "
                                "HAVING max(is_local) = 1 ORDER BY count() DESC, cluster LIMIT 1");
  if (!rows.ok()) return is_grant(rows.error()) ? done() : Status(rows.error());
  if (!rows.value().empty()) facts.cluster = text_of(rows.value().front(), "cluster");
  return done();
}

Status find_replicas(Client& client, DestinationFacts& facts) {
  const DistributedArguments behind = distributed_arguments(facts.table.engine_full);
  facts.cluster = behind.cluster;
  const auto rows =
      select_rows(client, kPurpose,
                  "SELECT shardNum() AS shard, database, name, engine, engine_full, sorting_key, "
                  "partition_key != '' AS is_partitioned FROM clusterAllReplicas(" +
                      quote_string(behind.cluster) + ", system.tables) WHERE " +
                      named(behind.database, behind.table) + " ORDER BY shard",
                  {{"skip_unavailable_shards", "1"}});
  if (!rows.ok()) {
    if (rows.error().recovery == Recovery::retry) return rows.error();
    facts.replicas_refusal = rows.error().message;
    return done();
  }
  std::set<std::string> shards;
  for (const Row& row : rows.value()) {
    shards.insert(text_of(row, "shard"));
    facts.replicas.push_back(table_of(row));
  }
  facts.shards = shards.size();
  return done();
}

}  // namespace

bool TableFacts::is_in_keeper() const { return engine_family(engine) != engine; }

DistributedArguments distributed_arguments(std::string_view engine_full) {
  std::vector<std::string> arguments;
  std::string text;
  std::size_t depth = 0;
  bool is_quoted = false;
  for (std::size_t at = 0; at < engine_full.size(); ++at) {
    const char byte = engine_full[at];
    if (byte == '\'') is_quoted = !is_quoted;
    if (!is_quoted && byte == '(' && ++depth == 1) continue;
    if (!is_quoted && byte == ')' && --depth == 0) break;
    if (depth == 1 && !is_quoted && (byte == ',' || (byte == ' ' && text.empty()))) {
      if (byte == ',') arguments.push_back(std::exchange(text, {}));
      continue;
    }
    if (depth > 0) text += byte;
    const bool is_escape = is_quoted && byte == '\\' && at + 1 < engine_full.size();
    if (is_escape) text += engine_full[++at];
  }
  arguments.push_back(std::move(text));
  arguments.resize(4);
  return {.cluster = unquote(arguments[0]),
          .database = unquote(arguments[1]),
          .table = unquote(arguments[2]),
          .sharding_key = arguments[3]};
}

Result<DestinationFacts> find_facts(Client& client, std::string_view database,
                                    std::string_view table, const UrlSettings& user) {
  DestinationFacts facts;
  PENSTOCK_TRY(found, find_table_facts(client, std::string(database), std::string(table)));
  facts.table = std::move(found);
  PENSTOCK_OK(find_settings(client, user, facts));
  PENSTOCK_OK(find_table_defaults(client, facts));
  PENSTOCK_OK(find_views(client, facts.table, facts.views));
  if (facts.table.engine == "Distributed") {
    PENSTOCK_OK(find_replicas(client, facts));
  } else if (facts.table.is_in_keeper()) {
    PENSTOCK_OK(find_cluster(client, facts));
  }
  return facts;
}

}  // namespace penstock::clickhouse
