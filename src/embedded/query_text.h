#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::embedded {

enum class StatementKind : std::uint8_t {
  unfinished,     // more text is needed to tell
  select,         // SELECT, WITH or a bracketed one: its result can be streamed
  show,           // SHOW, DESCRIBE, EXPLAIN, EXISTS, CHECK: reads, not streamed
  insert_rows,    // INSERT with rows after FORMAT or VALUES
  insert_input,   // INSERT … SELECT … FROM input('…') FORMAT, with rows
  insert_select,  // any other INSERT
  set,            // SET or USE: changes the session
  kill,           // KILL
  other,
};

/// Where the argument of input(…) stands in an INSERT … SELECT.
struct InputCall {
  std::size_t begin = 0;       // of the word input
  std::size_t end = 0;         // behind the closing bracket
  std::string_view structure;  // the argument, as written
};

/// What the server needs to know about a statement without parsing it.
struct QueryText {
  StatementKind kind = StatementKind::other;
  std::string format;         // of the FORMAT clause, "Values" for VALUES; else empty
  std::size_t format_at = 0;  // where FORMAT or VALUES begins; end of text without one
  std::size_t rows_at = 0;    // where the rows of an INSERT begin
  std::optional<InputCall> input;
  bool into_outfile = false;
  bool several = false;  // another statement follows a semicolon

  /// The statement changes nothing but its own session.
  bool reads_only() const {
    return kind == StatementKind::select || kind == StatementKind::show ||
           kind == StatementKind::set;
  }
};

enum class TextEnd : std::uint8_t { open, final };

/// Looks at the head and the tail of a statement. With TextEnd::open the text
/// may go on: then only an INSERT with rows can be told, all else is unfinished.
QueryText scan_query(std::string_view sql, TextEnd end);

}  // namespace penstock::embedded
