#include "trial.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iostream>
#include <optional>

#include "difference.h"
#include "random_type.h"

namespace penstock::oracle {
namespace {

const clickhouse::UrlSettings kAnyType = {{"allow_suspicious_low_cardinality_types", "1"},
                                          {"allow_suspicious_fixed_string_types", "1"},
                                          {"allow_suspicious_variant_types", "1"},
                                          {"enable_nullable_tuple_type", "1"}};

std::string shown(const Outcome& outcome) {
  if (!outcome.taken) return fmt::format("refused {}: {}", outcome.column, outcome.why);
  std::string rows;
  for (const auto& row : outcome.rows) {
    rows += fmt::format("{}{}", rows.empty() ? "" : "\n         ", fmt::join(row, " | "));
  }
  return rows;
}

}  // namespace

Table Trial::make_tables(std::string_view columns) {
  for (const std::string_view name : {kTheirs, kOurs}) {
    engine_.run(fmt::format("CREATE OR REPLACE TABLE {} ({}) ENGINE = Memory", name, columns),
                kAnyType);
  }
  return engine_.describe(kOurs);
}

void Trial::try_examples() {
  for (const Exception& exception : format_.exceptions()) {
    const Table ours = make_tables(exception.example_columns);
    const Place place{.columns = std::string(exception.example_columns),
                      .command = fmt::format("the example of {}", exception.name)};
    compare(ours, engine_.describe(kTheirs), {format_.example(exception)}, {place}, &exception);
  }
}

void Trial::try_random(std::uint64_t seed, std::uint64_t first, std::size_t count) {
  const std::size_t per_table = format_.messages_per_table();
  for (std::uint64_t number = first; number < first + count;) {
    const std::uint64_t table = number / per_table;
    Random choose(seed, "table", table);
    const std::string columns = random_columns(format_.style(), choose);
    const Table ours = make_tables(columns);
    format_.aim_at(ours, choose);
    std::vector<std::string> messages;
    std::vector<Place> places;
    const std::uint64_t end = std::min((table + 1) * per_table, first + count);
    for (; number < end; ++number) {
      Random random(seed, "message", number);
      messages.push_back(format_.random_message(ours, random));
      places.push_back({columns, fmt::format("penstock_oracle --format {} --seed {} --only {}",
                                             format_.name(), seed, number)});
    }
    compare(ours, engine_.describe(kTheirs), messages, places, nullptr);
  }
}

void Trial::compare(const Table& ours, const Table& theirs,
                    const std::vector<std::string>& messages, const std::vector<Place>& places,
                    const Exception* expected) {
  const auto our_outcomes = ask_penstock(engine_, format_, ours, messages);
  Likely likely;
  for (const Outcome& mine : our_outcomes) likely.push_back(mine.taken);
  auto their_outcomes = format_.ask(engine_, theirs, messages, likely);
  for (std::size_t index = 0; index < messages.size(); ++index) {
    const Outcome& mine = our_outcomes[index];
    Outcome& other = their_outcomes[index];
    // Alone it gives its reasons, and nothing that stood beside it plays a part.
    const bool is_clear = other.taken || !other.column.empty();
    const bool differs = mine.taken ? mine.rows != other.rows : other.taken;
    if (differs && !(is_clear && is_listed(ours, messages[index], mine, other))) {
      other = format_.ask(engine_, theirs, {messages[index]}, {mine.taken}).front();
    }
    judge(ours, messages[index], mine, other, places[index], expected);
  }
}

std::vector<Difference> Trial::difference_of(const Table& table, const std::string& message,
                                             const Outcome& ours, const Outcome& theirs) const {
  const auto value_of = [&](std::string_view column, std::optional<std::size_t> row = {}) {
    return format_.field(row ? format_.row(message, *row) : message, column);
  };
  return differences(table, ours, theirs, format_.text(message), value_of);
}

bool Trial::is_listed(const Table& table, const std::string& message, const Outcome& ours,
                      const Outcome& theirs) const {
  const auto found = difference_of(table, message, ours, theirs);
  return std::ranges::all_of(found, [&](const Difference& difference) {
    return find_exception(format_.exceptions(), difference) != nullptr;
  });
}

void Trial::judge(const Table& table, const std::string& message, const Outcome& ours,
                  const Outcome& theirs, const Place& place, const Exception* expected) {
  ++messages_;
  taken_ += ours.taken ? 1 : 0;
  const auto found = difference_of(table, message, ours, theirs);
  bool listed = true;
  bool is_shown = prints_everything_;
  bool as_expected = expected == nullptr;
  std::string unlisted;
  for (const Difference& difference : found) {
    const Exception* exception = find_exception(format_.exceptions(), difference);
    listed = listed && exception != nullptr;
    if (exception == nullptr) {
      unlisted += fmt::format("  differs  {} from {}: {} and {}\n", difference.type,
                              difference.value, difference.ours, difference.theirs);
      continue;
    }
    ++excepted_[exception->name];
    is_shown = is_shown || exception->name == printed_exception_;
    as_expected = as_expected || exception == expected;
  }
  const bool wrong = !listed || !as_expected;
  unlisted_ += wrong ? 1 : 0;
  if ((wrong && unlisted_ <= most_printed_) || is_shown) {
    print(message, ours, theirs, place);
    std::cout << unlisted;
  }
}

void Trial::print(const std::string& message, const Outcome& ours, const Outcome& theirs,
                  const Place& place) const {
  std::cout << fmt::format("{}\n  table    {}\n{}  message  {}\n  penstock {}\n  clickhouse {}\n",
                           place.command, place.columns, format_.surroundings(),
                           format_.text(message), shown(ours), shown(theirs));
}

bool Trial::report() const {
  for (const Exception& exception : format_.exceptions()) {
    const auto count = excepted_.find(exception.name);
    std::cout << fmt::format("{:>7} {}\n", count == excepted_.end() ? 0 : count->second,
                             exception.name);
  }
  std::cout << fmt::format(
      "{}: {} messages, {} became rows, {} differ in a way that is not listed\n", format_.name(),
      messages_, taken_, unlisted_);
  return unlisted_ == 0;
}

}  // namespace penstock::oracle
