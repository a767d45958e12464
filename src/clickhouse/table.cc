#include "clickhouse/table.h"

#include <string>
#include <vector>

#include "clickhouse/select_rows.h"
#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

DefaultKind default_kind_of(std::string_view text) {
  if (text == "DEFAULT") return DefaultKind::expression;
  if (text == "MATERIALIZED") return DefaultKind::materialized;
  if (text == "ALIAS") return DefaultKind::alias;
  if (text == "EPHEMERAL") return DefaultKind::ephemeral;
  return DefaultKind::none;
}

TableColumn column_of(const Row& row) {
  const std::string type_text = text_of(row, "type");
  auto type = parse_type(type_text);
  return {.name = text_of(row, "name"),
          .type = type.ok() ? std::move(type).value() : Type{.name = type_text},
          .default_kind = default_kind_of(text_of(row, "default_kind")),
          .default_expression = text_of(row, "default_expression")};
}

}  // namespace

Result<Table> read_table(Client& client, std::string_view database, std::string_view table) {
  const std::string in_database = "database = " + quoted_or_current(database);
  const std::string name = quote_string(table);
  const std::string purpose = "Reading the description of " + quote_table(database, table);
  PENSTOCK_TRY(engines, select_rows(client, purpose,
                                    "SELECT database, engine, sorting_key, timezone() AS time_zone "
                                    "FROM system.tables WHERE " +
                                        in_database + " AND name = " + name));
  if (engines.empty()) {
    return Error{.fault = Fault::user,
                 .recovery = Recovery::stop,
                 .code = "clickhouse.missing_table",
                 .message = purpose + " at " + client.url() +
                            ": there is no such table, or the user may not see it"};
  }
  PENSTOCK_TRY(columns,
               select_rows(client, purpose,
                           "SELECT name, type, default_kind, default_expression "
                           "FROM system.columns WHERE " +
                               in_database + " AND table = " + name + " ORDER BY position"));
  Table read{.database = text_of(engines.front(), "database"),
             .name = std::string(table),
             .engine = text_of(engines.front(), "engine"),
             .sorting_key = text_of(engines.front(), "sorting_key")};
  read.time_zone = text_of(engines.front(), "time_zone");
  for (const Row& column : columns) read.columns.push_back(column_of(column));
  return read;
}

}  // namespace penstock::clickhouse
