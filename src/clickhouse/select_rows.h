#pragma once

#include <charconv>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "clickhouse/client.h"

namespace penstock::clickhouse {

/// One row of an answer: column name -> its value as text, "" for null. Numbers are spelt as JSON
/// spells them.
using Row = std::map<std::string, std::string, std::less<>>;

/// The rows of a small SELECT that names no FORMAT. All of them are held in memory.
/// Errors: those of Client; clickhouse.bad_answer for an answer that is no rows.
Result<std::vector<Row>> select_rows(Client& client, std::string_view purpose,
                                     std::string_view query, UrlSettings settings = {});

/// The one row of such a SELECT. Errors: as select_rows(), of any other number of rows as well.
Result<Row> select_row(Client& client, std::string_view purpose, std::string_view query);

/// "" when the row has no such column.
std::string text_of(const Row& row, std::string_view column);

/// 0 when the row has no such column, or no number in it.
template <class Number>
Number number_of(const Row& row, std::string_view column) {
  const std::string text = text_of(row, column);
  Number value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// A quoted database name, or the function that gives the user's own when it is empty.
std::string quoted_or_current(std::string_view database);

}  // namespace penstock::clickhouse
