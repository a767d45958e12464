#include "clickhouse/token_window.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "clickhouse/create_table.h"

namespace penstock::clickhouse {
namespace {

constexpr std::string_view kOwnWindow = "non_replicated_deduplication_window";
constexpr std::string_view kKeeperWindow = "replicated_deduplication_window";
constexpr std::string_view kKeeperAge = "replicated_deduplication_window_seconds";
// The smallest defaults any release had, for a server that does not show its own.
constexpr std::uint64_t kLeastKeeperWindow = 100;
constexpr std::uint64_t kLeastKeeperAge = 3600;
// Each partition that an insert touches is remembered by itself, and ClickHouse lets an insert
// touch so many.
constexpr std::uint64_t kMostPartitions = 100;

std::uint64_t table_setting(const DestinationFacts& facts, const TableFacts& table,
                            std::string_view name, std::uint64_t otherwise) {
  const std::string before = " " + std::string(name) + " = ";
  const std::size_t at = table.engine_full.find(before);
  if (at == std::string::npos) {
    const auto usual = facts.table_defaults.find(name);
    return usual == facts.table_defaults.end() ? otherwise : usual->second;
  }
  std::uint64_t value = 0;
  const char* const digits = table.engine_full.data() + at + before.size();
  std::from_chars(digits, table.engine_full.data() + table.engine_full.size(), value);
  return value;
}

}  // namespace

TokenWindow window_of(const DestinationFacts& facts, const TableFacts& table) {
  TokenWindow window;
  if (table.is_in_keeper()) {
    window.inserts = table_setting(facts, table, kKeeperWindow, kLeastKeeperWindow);
    window.age = std::chrono::seconds(table_setting(facts, table, kKeeperAge, kLeastKeeperAge));
  } else if (table.is_merge_tree()) {
    window.inserts = table_setting(facts, table, kOwnWindow, 0);
  }
  if (table.is_partitioned && window.inserts > 0) {
    window.inserts = std::max<std::uint64_t>(1, window.inserts / kMostPartitions);
  }
  return window;
}

TokenWindow smaller(const TokenWindow& left, const TokenWindow& right) {
  TokenWindow out{.inserts = std::min(left.inserts, right.inserts),
                  .age = left.age ? left.age : right.age};
  if (left.age && right.age) out.age = std::min(*left.age, *right.age);
  return out;
}

std::string window_statement(const TableFacts& table) {
  return remember_inserts_statement(table.database, table.name,
                                    table.is_in_keeper() ? kKeeperWindow : kOwnWindow);
}

}  // namespace penstock::clickhouse
