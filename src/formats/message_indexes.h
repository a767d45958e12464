#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace penstock {

/// Which message of a Protobuf file the frame of a message means; none: the frame does not say.
struct MessageIndexes {
  /// Confluent: places of messages inside each other, as they are written, map entries not
  /// counted. AWS Glue: one place among all messages, nested ones and map entries too.
  std::vector<std::int32_t> path;
  bool by_full_name = false;  // Glue: that is the order of the places

  bool empty() const noexcept { return path.empty(); }
  auto operator<=>(const MessageIndexes&) const = default;
};

}  // namespace penstock
