#include "clickhouse/table.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

using Rows = std::vector<nlohmann::json>;

/// The rows of a query that ends in FORMAT JSONEachRow.
Result<Rows> select_rows(Client& client, std::string_view purpose, std::string_view query) {
  PENSTOCK_TRY(
      answer,
      client.send({.query = query, .settings = {{"wait_end_of_query", "1"}}, .purpose = purpose}));
  Rows rows;
  std::string_view rest = answer.text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.empty()) continue;
    rows.push_back(nlohmann::json::parse(line, nullptr, false));
    if (rows.back().is_object()) continue;
    return Error{.fault = Fault::remote,
                 .code = "clickhouse.bad_answer",
                 .message = std::string(purpose) + " at " + client.url() +
                            ": expected rows of JSON, found '" + std::string(line.substr(0, 100)) +
                            "'"};
  }
  return rows;
}

std::string text_of(const nlohmann::json& row, const char* key) {
  const auto found = row.find(key);
  return found != row.end() && found->is_string() ? found->get<std::string>() : "";
}

DefaultKind default_kind_of(std::string_view text) {
  if (text == "DEFAULT") return DefaultKind::expression;
  if (text == "MATERIALIZED") return DefaultKind::materialized;
  if (text == "ALIAS") return DefaultKind::alias;
  if (text == "EPHEMERAL") return DefaultKind::ephemeral;
  return DefaultKind::none;
}

TableColumn column_of(const nlohmann::json& row) {
  const std::string type_text = text_of(row, "type");
  auto type = parse_type(type_text);
  return {.name = text_of(row, "name"),
          .type = type.ok() ? std::move(type).value() : Type{.name = type_text},
          .default_kind = default_kind_of(text_of(row, "default_kind")),
          .default_expression = text_of(row, "default_expression")};
}

std::string quoted_or_current(std::string_view database) {
  return database.empty() ? "currentDatabase()" : quote_string(database);
}

}  // namespace

Result<Table> read_table(Client& client, std::string_view database, std::string_view table) {
  const std::string in_database = "database = " + quoted_or_current(database);
  const std::string name = quote_string(table);
  const std::string purpose = "Reading the description of " + quote_table(database, table);
  PENSTOCK_TRY(engines,
               select_rows(client, purpose,
                           "SELECT database, engine, sorting_key, timezone() AS time_zone "
                           "FROM system.tables WHERE " +
                               in_database + " AND name = " + name + " FORMAT JSONEachRow"));
  if (engines.empty()) {
    return Error{.fault = Fault::user,
                 .recovery = Recovery::stop,
                 .code = "clickhouse.missing_table",
                 .message = purpose + " at " + client.url() +
                            ": there is no such table, or the user may not see it"};
  }
  PENSTOCK_TRY(columns, select_rows(client, purpose,
                                    "SELECT name, type, default_kind, default_expression "
                                    "FROM system.columns WHERE " +
                                        in_database + " AND table = " + name +
                                        " ORDER BY position FORMAT JSONEachRow"));
  Table read{.database = text_of(engines.front(), "database"),
             .name = std::string(table),
             .engine = text_of(engines.front(), "engine"),
             .sorting_key = text_of(engines.front(), "sorting_key")};
  read.time_zone = text_of(engines.front(), "time_zone");
  for (const nlohmann::json& column : columns) read.columns.push_back(column_of(column));
  return read;
}

}  // namespace penstock::clickhouse
