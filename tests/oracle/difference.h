#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "model/column/alias.h"
#include "model/table.h"
#include "outcome.h"

namespace penstock::oracle {

/// Where the two sides part over one column of one row, or over all of a message.
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

/// Equal text; or a JSON that lists the same paths in another order, which stands for nothing.
inline bool tell_the_same(const std::string& type, std::string ours, std::string theirs) {
  if (ours == theirs) return true;
  const std::size_t bytes = ours.find(' ');
  if (type.find("JSON") == type.npos || bytes == ours.npos || bytes != theirs.find(' ') ||
      ours.compare(bytes, ours.npos, theirs, bytes) != 0) {
    return false;
  }
  std::ranges::sort(ours);
  std::ranges::sort(theirs);
  return ours == theirs;
}

/// One side refused the message: one difference, at the column it named. What the other side
/// stored is the text of all rows. `value_of(column)` gives the field.
template <class ValueOf>
Difference refused_difference(const Table& table, const Outcome& ours, const Outcome& theirs,
                              const std::string& message, ValueOf&& value_of) {
  const Outcome& refusing = ours.taken ? theirs : ours;
  const Outcome& taking = ours.taken ? ours : theirs;
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
    std::string& stored = ours.taken ? one.ours : one.theirs;
    for (const auto& row : taking.rows) {
      stored += (stored.empty() ? "" : " | ") + (column < row.size() ? row[column] : "");
    }
  }
  return one;
}

/// Empty when both made the same of it. Where one side refused, the difference above; else one
/// per row and column whose text differs. `value_of(column, row)` gives the field in a row,
/// `value_of(column)` in the message.
template <class ValueOf>
std::vector<Difference> differences(const Table& table, const Outcome& ours, const Outcome& theirs,
                                    const std::string& message, ValueOf&& value_of) {
  if (!ours.taken && !theirs.taken) return {};
  if (!ours.taken || !theirs.taken) {
    return {refused_difference(table, ours, theirs, message, value_of)};
  }
  if (ours.rows.size() != theirs.rows.size()) {
    return {{.value = message,
             .message = message,
             .ours_taken = true,
             .theirs_taken = true,
             .ours = std::to_string(ours.rows.size()) + " rows",
             .theirs = std::to_string(theirs.rows.size()) + " rows"}};
  }
  std::vector<Difference> found;
  for (std::size_t row = 0; row < ours.rows.size(); ++row) {
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      const TableColumn& differing = table.columns[column];
      const std::string type = to_string(travelling_type(differing.type));
      if (tell_the_same(type, ours.rows[row][column], theirs.rows[row][column])) continue;
      found.push_back({.column = differing.name,
                       .type = type,
                       .value = value_of(differing.name, row),
                       .message = message,
                       .ours_taken = true,
                       .theirs_taken = true,
                       .ours = ours.rows[row][column],
                       .theirs = theirs.rows[row][column]});
    }
  }
  return found;
}

}  // namespace penstock::oracle
