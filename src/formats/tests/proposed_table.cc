#include "formats/tests/proposed_table.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>
#include <vector>

namespace penstock {

Mapping mapping_of(const Proposal& proposal) {
  Table table{.database = "default", .name = "proposed"};
  std::vector<FieldMapping> fields;
  for (const ProposedColumn& column : proposal.columns) {
    auto type = parse_type(to_string(column.chosen.type));
    if (!type.ok()) throw std::runtime_error(type.error().text());
    table.columns.push_back({.name = column.name, .type = std::move(type).value()});
    fields.push_back({column.field, column.name});
  }
  auto mapping = make_mapping(table, &fields);
  if (!mapping.ok()) throw std::runtime_error(mapping.error().text());
  return std::move(mapping).value();
}

std::string spelt(const Proposal& proposal) {
  std::string out;
  for (const ProposedColumn& column : proposal.columns) {
    const std::string from = column.name == column.field ? "" : " from " + column.field;
    out += fmt::format("column {} {}{}\n", column.name, to_string(column.chosen.type), from);
    for (const Reason& reason : column.chosen.reasons) {
      out += fmt::format("    {}{}: {}\n", column.name, reason.path, reason.text);
    }
  }
  out += "sorting";
  for (const std::string& column : proposal.sorting_key.columns) out += " " + column;
  out += "\n    " + proposal.sorting_key.reason + "\n";
  for (const std::string& sentence : proposal.left_out) out += "left out: " + sentence + "\n";
  return out;
}

}  // namespace penstock
