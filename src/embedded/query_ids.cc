#include "embedded/query_ids.h"

#include "embedded/sql_tokens.h"

namespace penstock::embedded {
namespace {

constexpr std::string_view kQueryId =
    "if(Settings['log_comment'] != '', Settings['log_comment'], query_id)";
constexpr std::string_view kProcesses =
    "(SELECT * REPLACE (if(Settings['log_comment'] != '', Settings['log_comment'], query_id) AS "
    "query_id) FROM system.processes)";

/// Builds a copy of the text in which some places are replaced.
class Rewriting {
 public:
  explicit Rewriting(std::string_view text) : text_(text) {}

  void replace(std::size_t begin, std::size_t end, std::string_view by) {
    out_ += text_.substr(kept_, begin - kept_);
    out_ += by;
    kept_ = end;
  }
  std::string finish() && { return std::move(out_ += text_.substr(kept_)); }

 private:
  const std::string_view text_;
  std::string out_;
  std::size_t kept_ = 0;
};

std::string rewrite_kill(std::string_view sql) {
  Rewriting out(sql);
  SqlTokens tokens(sql);
  for (Token token = tokens.next(); token.kind != TokenKind::end; token = tokens.next()) {
    if (token.kind == TokenKind::unclosed) break;
    if (token.is_word("QUERY_ID")) out.replace(token.begin, token.end(), kQueryId);
  }
  return std::move(out).finish();
}

std::string rewrite_select(std::string_view sql) {
  Rewriting out(sql);
  SqlTokens tokens(sql);
  Token token = tokens.next();
  while (token.kind != TokenKind::end && token.kind != TokenKind::unclosed) {
    const Token database = token;
    token = tokens.next();
    if (!database.is_word("SYSTEM") || !token.is('.')) continue;
    const Token table = tokens.next();
    token = tokens.next();
    if (!table.is_word("PROCESSES") || token.is('.')) continue;
    out.replace(database.begin, table.end(), kProcesses);
  }
  return std::move(out).finish();
}

}  // namespace

std::string with_query_ids(std::string_view sql, StatementKind kind) {
  if (kind == StatementKind::kill) return rewrite_kill(sql);
  if (kind == StatementKind::select && sql.find("processes") != sql.npos) {
    return rewrite_select(sql);
  }
  return std::string(sql);
}

}  // namespace penstock::embedded
