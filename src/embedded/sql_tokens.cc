#include "embedded/sql_tokens.h"

#include <algorithm>
#include <cctype>

namespace penstock::embedded {
namespace {

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

}  // namespace

bool Token::is_word(std::string_view keyword) const {
  return kind == TokenKind::word && std::ranges::equal(text, keyword, [](char have, char want) {
           return std::toupper(static_cast<unsigned char>(have)) == want;
         });
}

Token SqlTokens::next() {
  if (!skip_blanks()) return cut(TokenKind::unclosed, sql_.size());
  if (at_ == sql_.size()) return cut(TokenKind::end, at_);
  const char first = sql_[at_];
  if (first == '\'' || first == '"' || first == '`') return quoted(first);
  if (first == '$') return heredoc();
  if (!is_word_byte(first)) return cut(TokenKind::symbol, at_ + 1);
  std::size_t end = at_;
  while (end < sql_.size() && is_word_byte(sql_[end])) ++end;
  return cut(TokenKind::word, end);
}

/// False when a comment does not end.
bool SqlTokens::skip_blanks() {
  while (at_ < sql_.size()) {
    const std::string_view rest = sql_.substr(at_);
    if (std::isspace(static_cast<unsigned char>(rest.front())) != 0) {
      ++at_;
    } else if (rest.starts_with("--") || rest.starts_with("# ") || rest.starts_with("#!")) {
      at_ = std::min(sql_.find('\n', at_), sql_.size());
    } else if (rest.starts_with("/*")) {
      const std::size_t close = sql_.find("*/", at_ + 2);
      if (close == sql_.npos) return false;
      at_ = close + 2;
    } else {
      return true;
    }
  }
  return true;
}

Token SqlTokens::cut(TokenKind kind, std::size_t end) {
  const Token token{kind, at_, sql_.substr(at_, end - at_)};
  at_ = end;
  return token;
}

Token SqlTokens::quoted(char quote) {
  const TokenKind kind = quote == '\'' ? TokenKind::literal : TokenKind::quoted;
  for (std::size_t at = at_ + 1; at < sql_.size(); ++at) {
    if (sql_[at] == '\\') {
      ++at;
    } else if (sql_[at] == quote) {
      if (at + 1 >= sql_.size() || sql_[at + 1] != quote) return cut(kind, at + 1);
      ++at;
    }
  }
  return cut(TokenKind::unclosed, sql_.size());
}

Token SqlTokens::heredoc() {
  std::size_t end = at_ + 1;
  while (end < sql_.size() && is_word_byte(sql_[end])) ++end;
  if (end == sql_.size() || sql_[end] != '$') return cut(TokenKind::symbol, at_ + 1);
  const std::string_view tag = sql_.substr(at_, end + 1 - at_);
  const std::size_t close = sql_.find(tag, end + 1);
  if (close == sql_.npos) return cut(TokenKind::unclosed, sql_.size());
  return cut(TokenKind::literal, close + tag.size());
}

}  // namespace penstock::embedded
