#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace penstock::clickhouse {

/// The id of one attempt of a delivery to `table` (quoted): the same for the same attempt, whoever
/// makes it. While one of a sender that died still runs, the server refuses its successor.
std::string query_id(std::string_view table, std::string_view delivery_id, std::uint32_t attempt);

/// What the ids of every attempt of a delivery begin with, those of its parts ("<delivery>#3-7")
/// included. Letters, digits and dashes.
std::string query_id_prefix(std::string_view table, std::string_view delivery_id);

}  // namespace penstock::clickhouse
