#include "formats/inference/proposal.h"

#include <fmt/format.h>

#include <utility>

#include "formats/inference/column_list.h"
#include "formats/inference/sorting_key.h"

namespace penstock {
namespace {

std::vector<std::string_view> names_of(const std::vector<FieldSeen>& fields) {
  std::vector<std::string_view> names;
  names.reserve(fields.size());
  for (const FieldSeen& field : fields) names.push_back(field.name);
  return names;
}

}  // namespace

Proposal propose(const Observation& rows) {
  ColumnList list(names_of(rows.fields.known()));
  std::vector<KeyCandidate> candidates;
  for (const FieldSeen& field : rows.fields.known()) {
    ProposedColumn* const column = list.add(field.name);
    if (column == nullptr) continue;
    const Observation& seen = *field.values;
    column->chosen = choose_type(field.name, seen, rows.records - field.records);
    candidates.push_back({.name = column->name,
                          .type = column->chosen.type,
                          .values = seen.numbers.count() + seen.texts.count,
                          .distinct = seen.scalars.is_exact() ? seen.scalars.count() : 0});
  }
  if (rows.fields.others() != nullptr) {
    list.left_out.push_back(
        fmt::format("fields beyond the first {} have no column", FieldsSeen::kMost));
  }
  return {.columns = std::move(list.columns),
          .sorting_key = choose_sorting_key(candidates),
          .left_out = std::move(list.left_out)};
}

}  // namespace penstock
