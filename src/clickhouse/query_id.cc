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

/// "3-7" of "…#3-7"; "" of a whole delivery.
std::string_view part_of(std::string_view delivery_id) {
  const std::size_t mark = delivery_id.rfind('#');
  if (mark == std::string_view::npos) return {};
  const std::string_view part = delivery_id.substr(mark + 1);
  const bool is_range = std::ranges::all_of(
      part, [](char byte) { return byte == '-' || (byte >= '0' && byte <= '9'); });
  return is_range ? part : std::string_view{};
}

}  // namespace

std::string query_id_prefix(std::string_view table, std::string_view delivery_id) {
  if (const std::string_view part = part_of(delivery_id); !part.empty()) {
    delivery_id.remove_suffix(part.size() + 1);
  }
  return fmt::format("penstock-{:016x}-", stable_hash(fmt::format("{}\n{}", table, delivery_id)));
}

std::string query_id(std::string_view table, std::string_view delivery_id, std::uint32_t attempt) {
  const std::string_view part = part_of(delivery_id);
  return fmt::format("{}{}{}{}", query_id_prefix(table, delivery_id), part, part.empty() ? "" : "-",
                     attempt);
}

}  // namespace penstock::clickhouse
