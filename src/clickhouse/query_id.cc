#include "clickhouse/query_id.h"

#include <fmt/format.h>

#include <algorithm>

namespace penstock::clickhouse {
namespace {

/// FNV-1a: the same in every process, as a name that outlives us must be.
std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char byte : text) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  }
  return hash;
}

/// "#3-7#4-4" of "…#3-7#4-4"; "" of a whole delivery.
std::string_view part_of(std::string_view delivery_id) {
  const std::size_t end_of_whole = delivery_id.find_last_not_of("#-0123456789");
  const std::size_t mark = delivery_id.find('#', end_of_whole + 1);
  return mark == std::string_view::npos ? std::string_view{} : delivery_id.substr(mark);
}

}  // namespace

std::string query_id_prefix(std::string_view table, std::string_view delivery_id) {
  delivery_id.remove_suffix(part_of(delivery_id).size());
  return fmt::format("penstock-{:016x}-", stable_hash(fmt::format("{}\n{}", table, delivery_id)));
}

std::string query_id(std::string_view table, std::string_view delivery_id, std::uint32_t attempt) {
  std::string end = fmt::format("{}#{}", part_of(delivery_id), attempt);
  std::ranges::replace(end, '#', '-');
  return query_id_prefix(table, delivery_id) + end.substr(1);
}

}  // namespace penstock::clickhouse
