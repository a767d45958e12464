#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine.h"
#include "outcome.h"

namespace penstock::oracle {

/// A column only ClickHouse's side has, for the number of a message, plus one: of the row behind
/// those of each message in an INSERT, or of the message's own row.
inline constexpr std::string_view kMark = "_penstock_mark";

using MessageNumbers = std::vector<std::size_t>;

/// The table with the mark as its last column, which is added where it is missing.
Table with_mark(Engine& engine, Table theirs);

/// Takes the marked table's rows out of it and gives those in front of each marked row to the
/// message of its number; `which` are the messages sent, ascending. Gives back those of which
/// the rows do not tell.
MessageNumbers take_marked_rows(Engine& engine, const Table& marked, const MessageNumbers& which,
                                std::vector<Outcome>& outcomes);

/// The same where every message is one row, which carries its mark.
MessageNumbers take_rows_with_marks(Engine& engine, const Table& marked,
                                    const MessageNumbers& which, std::vector<Outcome>& outcomes);

/// The same for one message without marks, which was taken.
Outcome take_rows_of_one(Engine& engine, const Table& marked);

}  // namespace penstock::oracle
