#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace penstock::embedded {

enum class TokenKind : std::uint8_t {
  end,
  word,      // identifier, keyword or number
  quoted,    // "…" or `…`
  literal,   // '…' or $tag$…$tag$
  symbol,    // one other byte
  unclosed,  // a quote, heredoc or comment that does not end in the text
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t begin = 0;
  std::string_view text;

  std::size_t end() const { return begin + text.size(); }
  bool is(char symbol) const { return kind == TokenKind::symbol && text.front() == symbol; }
  /// Compares a word with an upper-case keyword, in any case.
  bool is_word(std::string_view keyword) const;
};

/// Cuts SQL into tokens the way ClickHouse's lexer does, as far as finding
/// clauses needs it; skips blanks and the three kinds of comments.
class SqlTokens final {
 public:
  explicit SqlTokens(std::string_view sql) : sql_(sql) {}

  Token next();

 private:
  bool skip_blanks();
  Token cut(TokenKind kind, std::size_t end);
  Token quoted(char quote);
  Token heredoc();

  std::string_view sql_;
  std::size_t at_ = 0;
};

}  // namespace penstock::embedded
