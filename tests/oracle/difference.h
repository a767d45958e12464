#pragma once

#include <string>
#include <vector>

#include "model/column/alias.h"
#include "model/table.h"
#include "outcome.h"

namespace penstock::oracle {

/// Where the two sides part over one column of one message, or over all of it.
struct Difference {
  std::string column;  // empty: the whole message is meant
  std::string type;    // of the column, without aliases
  std::string value;   // of the column as the message has it, or the whole message
  std::string message;
  bool ours_taken = false;
  bool theirs_taken = false;
  std::string ours;  // the column's text where taken, else why not
  std::string theirs;
};

/// Empty when both made the same of it. Where one side refused, one difference at the column
/// it named; else one per column whose text differs. `value_of(column)` gives the field.
template <class ValueOf>
std::vector<Difference> differences(const Table& table, const Outcome& ours, const Outcome& theirs,
                                    const std::string& message, ValueOf&& value_of) {
  if (!ours.taken && !theirs.taken) return {};
  const auto text = [](const Outcome& side, std::size_t column) {
    std::string all;
    for (const auto& row : side.rows) {
      all += (all.empty() ? "" : " | ") + (column < row.size() ? row[column] : "");
    }
    return all;
  };
  const auto refused = [&](const Outcome& refusing) {
    Difference one{.value = message,
                   .message = message,
                   .ours_taken = ours.taken,
                   .theirs_taken = theirs.taken,
                   .ours = ours.why,
                   .theirs = theirs.why};
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      if (table.columns[column].name != refusing.column) continue;
      one.column = refusing.column;
      one.type = to_string(travelling_type(table.columns[column].type));
      one.value = value_of(refusing.column);
      (ours.taken ? one.ours : one.theirs) = text(ours.taken ? ours : theirs, column);
    }
    return std::vector<Difference>{one};
  };
  if (!ours.taken || !theirs.taken) return refused(ours.taken ? theirs : ours);
  if (ours.rows.size() != theirs.rows.size()) {
    return {{.value = message,
             .message = message,
             .ours_taken = true,
             .theirs_taken = true,
             .ours = std::to_string(ours.rows.size()) + " rows",
             .theirs = std::to_string(theirs.rows.size()) + " rows"}};
  }
  std::vector<Difference> found;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    Difference one{.column = table.columns[column].name,
                   .type = to_string(travelling_type(table.columns[column].type)),
                   .message = message,
                   .ours_taken = true,
                   .theirs_taken = true,
                   .ours = text(ours, column),
                   .theirs = text(theirs, column)};
    if (one.ours == one.theirs) continue;
    one.value = value_of(table.columns[column].name);
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace penstock::oracle
