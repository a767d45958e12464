#include "formats/inference/schema_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "formats/inference/column_list.h"
#include "formats/inference/nullable.h"
#include "formats/inference/one_of.h"
#include "formats/inference/sorting_key.h"

namespace penstock {
namespace {

const SchemaField* field_of(const SchemaRow& row, std::string_view name) {
  const auto found = std::ranges::find(row.fields, name, &SchemaField::name);
  return found == row.fields.end() ? nullptr : &*found;
}

/// Every field of any schema, those of the newest first.
std::vector<std::string_view> names_of(std::span<const SchemaRow> rows) {
  std::vector<std::string_view> names;
  for (const SchemaRow& row : rows) {
    for (const SchemaField& field : row.fields) {
      if (std::ranges::count(names, field.name) == 0) names.push_back(field.name);
    }
  }
  return names;
}

bool is_container(const Type& type) {
  constexpr std::string_view kContainers[] = {"Array", "JSON", "Map", "Tuple", "Variant"};
  return std::ranges::count(kContainers, type.name) != 0;
}

void explain(ChosenType& chosen, std::string_view more) {
  chosen.reasons.front().text += fmt::format("; {}", more);
}

/// Makes room for the values the field has by another schema.
void widen(ChosenType& chosen, const Type& other, std::string_view schema) {
  Type ours = not_nullable(chosen.type);
  Type theirs = not_nullable(other);
  const bool may_be_null = is_nullable(chosen.type) || is_nullable(other);
  Type both = ours == theirs || is_container(ours) || is_container(theirs)
                  ? ours
                  : one_of({ours, std::move(theirs)});
  if (may_be_null) both = nullable(std::move(both));
  if (both == chosen.type) return;
  chosen.type = std::move(both);
  explain(chosen, fmt::format("{} in {}", to_string(other), schema));
}

ChosenType chosen_for(std::string_view name, std::span<const SchemaRow> rows) {
  ChosenType chosen;
  for (const SchemaRow& row : rows) {
    const SchemaField* const field = field_of(row, name);
    if (field == nullptr) continue;
    if (chosen.reasons.empty()) {
      chosen = field->chosen;
    } else {
      widen(chosen, field->chosen.type, row.schema);
    }
  }
  for (const SchemaRow& row : rows) {
    if (field_of(row, name) != nullptr) continue;
    chosen.type = nullable(std::move(chosen.type));
    explain(chosen, "not in " + row.schema);
  }
  return chosen;
}

}  // namespace

Proposal propose(std::span<const SchemaRow> rows) {
  const std::vector<std::string_view> names = names_of(rows);
  ColumnList list(names);
  std::vector<KeyCandidate> candidates;
  for (const std::string_view name : names) {
    ProposedColumn* const column = list.add(name);
    if (column == nullptr) continue;
    column->chosen = chosen_for(name, rows);
    candidates.push_back({.name = column->name, .type = column->chosen.type});
  }
  return {.columns = std::move(list.columns),
          .sorting_key = choose_sorting_key(candidates),
          .left_out = std::move(list.left_out)};
}

}  // namespace penstock
