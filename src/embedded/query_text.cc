#include "embedded/query_text.h"

#include <algorithm>
#include <array>

#include "embedded/sql_tokens.h"

namespace penstock::embedded {
namespace {

constexpr std::array<std::string_view, 6> kShowWords = {"SHOW",    "DESCRIBE", "DESC",
                                                        "EXPLAIN", "EXISTS",   "CHECK"};

StatementKind kind_of(const Token& first) {
  if (first.is('(') || first.is_word("SELECT") || first.is_word("WITH") || first.is_word("FROM")) {
    return StatementKind::select;
  }
  if (first.is_word("INSERT")) return StatementKind::insert_select;
  if (first.is_word("SET") || first.is_word("USE")) return StatementKind::set;
  if (first.is_word("KILL")) return StatementKind::kill;
  const bool shows = std::ranges::any_of(
      kShowWords, [&first](std::string_view word) { return first.is_word(word); });
  return shows ? StatementKind::show : StatementKind::other;
}

/// Rows begin behind the blanks after the format's name and one line end.
std::size_t skip_to_rows(std::string_view sql, std::size_t at) {
  while (at < sql.size() && (sql[at] == ' ' || sql[at] == '\t' || sql[at] == '\f')) ++at;
  if (at < sql.size() && sql[at] == '\r') ++at;
  if (at < sql.size() && sql[at] == '\n') ++at;
  return at;
}

/// Walks over one statement, counting brackets, and notes clauses on the way.
class Scanner {
 public:
  Scanner(std::string_view sql, TextEnd end) : sql_(sql), tokens_(sql), end_(end) {}

  QueryText scan() {
    found_.format_at = found_.rows_at = sql_.size();
    token_ = tokens_.next();
    found_.kind = kind_of(token_);
    if (found_.kind == StatementKind::insert_select) skip_table_name();
    while (!at_end() && !rows_follow_) step();
    if (end_ == TextEnd::open && !(rows_follow_ && found_.rows_at < sql_.size())) {
      found_.kind = StatementKind::unfinished;
    }
    return found_;
  }

 private:
  bool at_end() const {
    return token_.kind == TokenKind::end || token_.kind == TokenKind::unclosed;
  }
  void advance() { token_ = tokens_.next(); }

  /// INSERT INTO [TABLE] [FUNCTION] name: a table may be called "format".
  void skip_table_name() {
    advance();
    if (token_.is_word("INTO")) advance();
    if (token_.is_word("TABLE")) advance();
    if (token_.is_word("FUNCTION")) advance();
    advance();
    while (token_.is('.')) {
      advance();
      advance();
    }
  }

  void step() {
    const Token token = token_;
    advance();
    if (token.is('(')) ++depth_;
    if (token.is(')')) --depth_;
    if (token.is_word("INPUT") && token_.is('(')) note_input(token);
    if (depth_ > 0) return;
    if (token.is(';')) {
      found_.several |= !at_end() && !token_.is(';');
    } else if (token.is_word("FORMAT") && token_.kind == TokenKind::word) {
      note_format(token);
    } else if (token.is_word("VALUES") && found_.kind == StatementKind::insert_select &&
               !selects_) {
      found_.kind = StatementKind::insert_rows;
      found_.format = "Values";
      found_.format_at = token.begin;
      found_.rows_at = token.end();
      rows_follow_ = true;
    } else if (token.is_word("SELECT")) {
      selects_ = true;
    } else if (token.is_word("INTO") && token_.is_word("OUTFILE")) {
      found_.into_outfile = true;
    }
  }

  void note_format(const Token& keyword) {
    const Token name = token_;
    const bool inserts = found_.kind == StatementKind::insert_select;
    if (inserts && (!selects_ || found_.input)) {
      if (end_ == TextEnd::open && name.end() == sql_.size()) return;  // may go on
      found_.kind = selects_ ? StatementKind::insert_input : StatementKind::insert_rows;
      found_.rows_at = skip_to_rows(sql_, name.end());
      rows_follow_ = true;
    }
    if (!rows_follow_) advance();
    const bool is_clause = rows_follow_ || at_end() || token_.is(';') ||
                           token_.is_word("SETTINGS") || token_.is_word("INTO");
    if (!is_clause) return;  // a column or table that happens to be called "format"
    found_.format = name.text;
    found_.format_at = keyword.begin;
  }

  void note_input(const Token& word) {
    advance();
    const Token structure = token_;
    if (structure.kind != TokenKind::literal) {
      ++depth_;
      return;
    }
    advance();
    if (!token_.is(')')) {
      ++depth_;
      return;
    }
    found_.input = InputCall{word.begin, token_.end(), structure.text};
    advance();
  }

  const std::string_view sql_;
  SqlTokens tokens_;
  const TextEnd end_;
  Token token_;
  QueryText found_;
  int depth_ = 0;
  bool selects_ = false;
  bool rows_follow_ = false;
};

}  // namespace

QueryText scan_query(std::string_view sql, TextEnd end) { return Scanner(sql, end).scan(); }

}  // namespace penstock::embedded
