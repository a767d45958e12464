#include "marked_rows.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "format.h"

namespace penstock::oracle {
namespace {

std::vector<std::vector<std::string>> take_rows(Engine& engine, const Table& table) {
  auto rows = read_rows(engine, table);
  engine.run(fmt::format("TRUNCATE TABLE {}", table.name));
  return rows;
}

}  // namespace

Table with_mark(Engine& engine, Table theirs) {
  engine.run(
      fmt::format("ALTER TABLE {} ADD COLUMN IF NOT EXISTS `{}` UInt64", theirs.name, kMark));
  theirs.columns.push_back({.name = std::string(kMark), .type = {.name = "UInt64"}});
  return theirs;
}

MessageNumbers take_marked_rows(Engine& engine, const Table& marked, const MessageNumbers& which,
                                std::vector<Outcome>& outcomes) {
  MessageNumbers unclear;
  auto next = which.begin();
  std::vector<std::vector<std::string>> pending;
  for (auto& row : take_rows(engine, marked)) {
    std::size_t mark = 0;
    const std::string text = std::move(row.back());
    row.pop_back();
    std::from_chars(text.data(), text.data() + text.size(), mark);
    if (mark == 0) {
      pending.push_back(std::move(row));
      continue;
    }
    const bool in_step = next != which.end() && *next + 1 == mark;
    for (; next != which.end() && *next + 1 < mark; ++next) unclear.push_back(*next);
    if (next == which.end()) break;
    if (in_step) {
      outcomes[*next] = {.taken = !pending.empty(), .rows = std::move(pending)};
    } else {
      unclear.push_back(*next);
    }
    pending.clear();
    ++next;
  }
  unclear.insert(unclear.end(), next, which.end());
  return unclear;
}

MessageNumbers take_rows_with_marks(Engine& engine, const Table& marked,
                                    const MessageNumbers& which, std::vector<Outcome>& outcomes) {
  if (which.empty()) return {};
  auto rows = take_rows(engine, marked);
  if (rows.size() != which.size()) return which;
  MessageNumbers unclear;
  for (std::size_t index = 0; index < rows.size(); ++index) {
    const std::size_t number = which[index];
    const bool in_step = rows[index].back() == std::to_string(number + 1);
    rows[index].pop_back();
    if (in_step) {
      outcomes[number] = {.taken = true, .rows = {std::move(rows[index])}};
    } else {
      unclear.push_back(number);
    }
  }
  return unclear;
}

Outcome take_rows_of_one(Engine& engine, const Table& marked) {
  Outcome outcome{.taken = true, .rows = take_rows(engine, marked)};
  for (auto& row : outcome.rows) row.pop_back();
  return outcome;
}

}  // namespace penstock::oracle
