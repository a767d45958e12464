#include "engine/audit_tables.h"

#include <chrono>
#include <utility>

#include "clickhouse/delivery_guarantee.h"
#include "clickhouse/position_columns.h"
#include "clickhouse/select_rows.h"
#include "clickhouse/sink.h"
#include "clickhouse/sql_text.h"
#include "engine/pipe_parts.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;
using clickhouse::AskedTable;

Error cannot(const std::string& message) {
  return {
      .fault = Fault::user, .recovery = Recovery::stop, .code = "pipe.audit", .message = message};
}

}  // namespace

Result<AuditTables> AuditTables::find(const PipeDocument& document, const Mapping& mapping,
                                      std::unique_ptr<clickhouse::Client> client) {
  const clickhouse::DestinationSettings& settings = document.destination;
  PENSTOCK_TRY(found, clickhouse::find_destination(*client, settings, mapping,
                                                   insert_settings(document.settings), false));
  const clickhouse::TableFacts& facts = found.facts.table;
  if (facts.engine == "Null") return cannot(settings.table + " is a Null table and keeps no rows");
  clickhouse::PositionColumns columns = clickhouse::position_columns(mapping);
  AuditTables tables;
  tables.why_counts = std::move(columns.why_not);
  const bool merges_rows =
      facts.is_merge_tree() && clickhouse::engine_family(facts.engine) != "MergeTree";
  if (merges_rows &&
      (!tables.why_counts.empty() || !clickhouse::are_in_sorting_key(columns, facts.sorting_key))) {
    return cannot(facts.engine + " merges rows of " + settings.table +
                  ", so nobody can tell which are missing");
  }
  tables.errors = clickhouse::asked_error_table(found, settings, document.name);
  const auto only = [&](const char* condition) {
    AskedTable errors = tables.errors;
    errors.condition += condition;
    return clickhouse::make_range_rows(settings, std::move(errors), {0ms, 0ms});
  };
  PENSTOCK_TRY(open, only(" AND replayed_at IS NULL"));
  tables.open_errors = std::move(open);
  PENSTOCK_TRY(replayed, only(" AND replayed_at IS NOT NULL"));
  tables.replayed_errors = std::move(replayed);
  if (tables.why_counts.empty()) {
    tables.table = clickhouse::asked_table(found, mapping);
    PENSTOCK_TRY(rows, clickhouse::make_range_rows(settings, *tables.table, {0ms, 0ms}));
    tables.rows = std::move(rows);
  }
  tables.client = std::move(client);
  return tables;
}

Result<std::uint64_t> count_rows(const clickhouse::DestinationSettings& destination) {
  const std::string table = clickhouse::quote_table(destination.database, destination.table);
  PENSTOCK_TRY(client, clickhouse::Client::make(clickhouse::client_settings(destination)));
  PENSTOCK_TRY(row, clickhouse::select_row(*client, "Counting the rows of " + table,
                                           "SELECT count() AS rows FROM " + table));
  return clickhouse::number_of<std::uint64_t>(row, "rows");
}

}  // namespace penstock
