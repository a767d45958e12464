#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine.h"
#include "outcome.h"

namespace penstock::oracle {

/// A column only ClickHouse's side has: behind every message of an INSERT stands a row that
/// carries its number, plus one, in it, so that what came before it tells what became of the
/// message.
inline constexpr std::string_view kMark = "_penstock_mark";

using MessageNumbers = std::vector<std::size_t>;

/// The table with the mark as its last column, which is added where it is missing.
Table with_mark(Engine& engine, Table theirs);

/// Takes the marked table's rows out of it and gives those in front of each mark to the
/// message of its number; `which` are the messages sent, ascending. Gives back those of which
/// the rows do not tell.
MessageNumbers take_marked_rows(Engine& engine, const Table& marked, const MessageNumbers& which,
                                std::vector<Outcome>& outcomes);

/// The same for one message without marks, which was taken.
Outcome take_rows_of_one(Engine& engine, const Table& marked);

}  // namespace penstock::oracle
