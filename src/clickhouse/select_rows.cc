#include "clickhouse/select_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

Row row_of(const nlohmann::json& object) {
  Row row;
  for (const auto& [name, value] : object.items()) {
    if (value.is_null()) {
      row[name] = "";
    } else {
      row[name] = value.is_string() ? value.get<std::string>() : value.dump();
    }
  }
  return row;
}

Error bad_answer(const Client& client, std::string_view purpose, const std::string& found) {
  return {.fault = Fault::remote,
          .code = "clickhouse.bad_answer",
          .message = fmt::format("{} at {}: expected {}", purpose, client.url(), found)};
}

}  // namespace

Result<std::vector<Row>> select_rows(Client& client, std::string_view purpose,
                                     std::string_view query, UrlSettings settings) {
  const std::string text = std::string(query) + " FORMAT JSONEachRow";
  settings.emplace_back("wait_end_of_query", "1");
  PENSTOCK_TRY(answer,
               client.send({.query = text, .settings = std::move(settings), .purpose = purpose}));
  std::vector<Row> rows;
  std::string_view rest = answer.text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.empty()) continue;
    const auto object = nlohmann::json::parse(line, nullptr, false);
    if (!object.is_object()) {
      return bad_answer(client, purpose,
                        fmt::format("rows of JSON, found '{}'", line.substr(0, 100)));
    }
    rows.push_back(row_of(object));
  }
  return rows;
}

Result<Row> select_row(Client& client, std::string_view purpose, std::string_view query) {
  PENSTOCK_TRY(rows, select_rows(client, purpose, query));
  if (rows.size() == 1) return std::move(rows.front());
  return bad_answer(client, purpose, fmt::format("one row, found {}", rows.size()));
}

std::string text_of(const Row& row, std::string_view column) {
  const auto found = row.find(column);
  return found == row.end() ? "" : found->second;
}

std::string quoted_or_current(std::string_view database) {
  return database.empty() ? "currentDatabase()" : quote_string(database);
}

}  // namespace penstock::clickhouse
