#include "clickhouse/described_table.h"

#include <fmt/format.h>

#include <utility>

#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

/// Types as the server spells them in system.columns, where a document may spell them shorter.
Type as_server_spells(Type type) {
  constexpr std::pair<std::string_view, const char*> kDigits[] = {
      {"Decimal32", "9"}, {"Decimal64", "18"}, {"Decimal128", "38"}, {"Decimal256", "76"}};
  for (const auto& [name, digits] : kDigits) {
    if (!type.is(name)) continue;
    type.name = "Decimal";
    type.literals.insert(type.literals.begin(), digits);
  }
  if (type.is("DateTime64") && type.literals.empty()) type.literals = {"3"};
  for (Type& argument : type.arguments) argument = as_server_spells(std::move(argument));
  return type;
}

std::string type_text(const TableColumn& column) {
  return to_string(as_server_spells(column.type));
}

/// (id) -> id: the server keeps the brackets of a key of one.
std::string_view without_brackets(std::string_view key) {
  if (!key.starts_with('(') || !key.ends_with(')')) return key;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < key.size(); ++i) {
    if (key[i] == '(') ++depth;
    if (key[i] == ')' && --depth == 0) return key;  // (a), (b)
  }
  return key.substr(1, key.size() - 2);
}

/// (`id`, lower(`name`)) -> id,lower(name): how the server quotes and spaces does not matter.
std::string bare(std::string_view key) {
  std::string out;
  for (const char byte : without_brackets(key)) {
    if (byte != ' ' && byte != '`') out += byte;
  }
  return out;
}

std::string wanted_sorting_key(const TableDefinition& definition) {
  if (definition.sorting_key.empty()) return definition.primary_key;
  return join_list(definition.sorting_key);
}

void compare_storage(const TableDefinition& definition, const Table& found,
                     std::vector<std::string>& out) {
  const std::string_view wanted = engine_family(definition.engine.type);
  if (wanted != engine_family(found.engine)) {
    out.push_back(fmt::format("the table has the engine {}, the document says {}", found.engine,
                              wire_name(definition.engine.type)));
    return;
  }
  if (definition.engine.type == TableEngine::null) return;  // has no key
  const std::string key = wanted_sorting_key(definition);
  if (!key.empty() && bare(key) != bare(found.sorting_key)) {
    out.push_back(
        fmt::format("the table is sorted by ({}), the document says ({})", found.sorting_key, key));
  }
}

std::string_view word_for(DefaultKind kind) {
  switch (kind) {
    case DefaultKind::none: break;
    case DefaultKind::expression: return "a DEFAULT";
    case DefaultKind::materialized: return "MATERIALIZED";
    case DefaultKind::alias: return "an ALIAS";
    case DefaultKind::ephemeral: return "EPHEMERAL";
  }
  return "without a default";
}

void compare_column(const TableColumn& wanted, const TableColumn* found,
                    std::vector<std::string>& out) {
  const std::string name = quote_name(wanted.name);
  if (found == nullptr) {
    out.push_back(fmt::format("column {} is not in the table and is not written", name));
    return;
  }
  if (type_text(wanted) != type_text(*found)) {
    out.push_back(fmt::format("column {} is {} in the table, the document says {}", name,
                              type_text(*found), to_string(wanted.type)));
  }
  if (wanted.default_kind != found->default_kind) {
    out.push_back(fmt::format("column {} is {} in the table, the document says {}", name,
                              word_for(found->default_kind), word_for(wanted.default_kind)));
  }
}

std::string description(const TableColumn& column) {
  std::string text = to_string(column.type);
  if (column.default_kind != DefaultKind::none) {
    text += fmt::format(", {}", word_for(column.default_kind));
    if (!column.default_expression.empty()) text += " " + column.default_expression;
  }
  return text;
}

}  // namespace

Result<Table> described_table(const DestinationSettings& destination) {
  Table table{.database = destination.database, .name = destination.table};
  for (const ColumnSettings& column : destination.columns) {
    auto type = parse_type(column.type);
    if (!type.ok()) return std::move(type).error().at("column " + column.name);
    TableColumn described{.name = column.name, .type = std::move(type).value()};
    for (const auto& [kind, expression] :
         {std::pair{DefaultKind::expression, &column.default_value},
          {DefaultKind::materialized, &column.materialized},
          {DefaultKind::alias, &column.alias},
          {DefaultKind::ephemeral, &column.ephemeral}}) {
      if (expression->empty()) continue;
      described.default_kind = kind;
      described.default_expression = *expression;
    }
    table.columns.push_back(std::move(described));
  }
  return table;
}

std::vector<std::string> differences(const DestinationSettings& destination, const Table& found) {
  std::vector<std::string> out;
  if (destination.table_definition) compare_storage(*destination.table_definition, found, out);
  const auto wanted = described_table(destination);
  if (!wanted.ok() || destination.columns.empty()) return out;
  for (const TableColumn& column : wanted.value().columns) {
    compare_column(column, found.find(column.name), out);
  }
  for (const TableColumn& column : found.columns) {
    if (wanted.value().find(column.name) != nullptr) continue;
    out.push_back(fmt::format("column {} ({}) is in the table, not in the document",
                              quote_name(column.name), to_string(column.type)));
  }
  return out;
}

std::vector<std::string> column_changes(const Table& before, const Table& now) {
  std::vector<std::string> out;
  for (const TableColumn& column : now.columns) {
    const TableColumn* old = before.find(column.name);
    if (old == nullptr) {
      out.push_back(
          fmt::format("column {} was added ({})", quote_name(column.name), description(column)));
    } else if (*old != column) {
      out.push_back(fmt::format("column {} was {}, is {}", quote_name(column.name),
                                description(*old), description(column)));
    }
  }
  for (const TableColumn& column : before.columns) {
    if (now.find(column.name) != nullptr) continue;
    out.push_back(fmt::format("column {} was dropped", quote_name(column.name)));
  }
  return out;
}

}  // namespace penstock::clickhouse
