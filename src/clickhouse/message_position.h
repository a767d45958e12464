#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>

#include "clickhouse/position_columns.h"

namespace penstock::clickhouse {

class RowBinary;

/// Which message a row or an error row came from.
struct MessagePosition {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;

  auto operator<=>(const MessagePosition&) const = default;
};

/// The next three values of an answer: topic as String, partition as Int32, offset as Int64.
MessagePosition read_position(RowBinary& answer);

/// SQL that is true for rows of one of these positions, which are sorted; one list of offsets
/// for each log.
std::string is_one_of(std::span<const MessagePosition> positions, const PositionColumns& columns);

}  // namespace penstock::clickhouse
