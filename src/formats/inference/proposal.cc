#include "formats/inference/proposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "formats/inference/sorting_key.h"
#include "model/mapping.h"

namespace penstock {
namespace {

/// To ClickHouse "a.b" is a part of `a`, and two Arrays of such names must be equally long.
std::string column_name(const std::string& field, const std::set<std::string>& taken) {
  std::string name = field;
  std::replace(name.begin(), name.end(), '.', '_');
  while (taken.contains(name)) name += '_';
  return name;
}

}  // namespace

Proposal propose(const Observation& rows) {
  Proposal proposal;
  std::set<std::string> taken;
  for (const FieldSeen& field : rows.fields.known()) {
    if (field.name.find('.') == std::string::npos) taken.insert(field.name);
  }
  std::vector<KeyCandidate> candidates;
  for (const FieldSeen& field : rows.fields.known()) {
    if (field.name.empty()) {
      proposal.left_out.emplace_back("a field whose name is empty has no column");
      continue;
    }
    if (virtual_column(field.name)) {
      proposal.left_out.push_back(fmt::format(
          "the field {} has no column: the name means the record's metadata", field.name));
      continue;
    }
    const bool has_dot = field.name.find('.') != std::string::npos;
    ProposedColumn column{.name = has_dot ? column_name(field.name, taken) : field.name,
                          .field = field.name};
    taken.insert(column.name);
    column.chosen = choose_type(field.name, *field.values, rows.records - field.records);
    const Observation& seen = *field.values;
    candidates.push_back({.name = column.name,
                          .type = column.chosen.type,
                          .values = seen.numbers.count() + seen.texts.count,
                          .distinct = seen.scalars.is_exact() ? seen.scalars.count() : 0});
    proposal.columns.push_back(std::move(column));
  }
  if (rows.fields.others() != nullptr) {
    proposal.left_out.push_back(
        fmt::format("fields beyond the first {} have no column", FieldsSeen::kMost));
  }
  proposal.sorting_key = choose_sorting_key(candidates);
  return proposal;
}

}  // namespace penstock
