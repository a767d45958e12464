#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

std::string quote(std::string_view text, char quote_char) {
  std::string out(1, quote_char);
  for (const char byte : text) {
    if (byte == quote_char || byte == '\\') out += '\\';
    if (byte == '\0') {
      out += "\\0";
    } else {
      out += byte;
    }
  }
  out += quote_char;
  return out;
}

}  // namespace

std::string quote_name(std::string_view name) { return quote(name, '`'); }

std::string quote_string(std::string_view text) { return quote(text, '\''); }

std::string quote_table(std::string_view database, std::string_view table) {
  if (database.empty()) return quote_name(table);
  return quote_name(database) + "." + quote_name(table);
}

}  // namespace penstock::clickhouse
