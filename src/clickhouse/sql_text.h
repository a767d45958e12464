#pragma once

#include <string>
#include <string_view>

namespace penstock::clickhouse {

/// A name for use in SQL, always in backquotes: order`s -> `order\`s`.
std::string quote_name(std::string_view name);

/// A string literal in single quotes, every byte of `text` kept.
std::string quote_string(std::string_view text);

/// `database`.`table`; only `table` where `database` is empty.
std::string quote_table(std::string_view database, std::string_view table);

/// "a, b, c" of already quoted or ready-made parts.
template <class Parts>
std::string join_list(const Parts& parts) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += ", ";
    out += part;
  }
  return out;
}

}  // namespace penstock::clickhouse
