#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/protobuf/findings.h"
#include "formats/protobuf/message_type.h"
#include "formats/protobuf/trouble.h"

namespace penstock::protobuf {

/// Finds the wanted fields in the bytes of messages of one type. Made once, never changed.
class FieldTable {
 public:
  /// `wanted`: one mark per field of `type`, which outlives the table. The other members of a
  /// oneof are followed as well: they may replace a wanted one.
  FieldTable(const MessageType& type, const std::vector<bool>& wanted);

  /// With all fields.
  explicit FieldTable(const MessageType& type)
      : FieldTable(type, std::vector<bool>(type.fields.size(), true)) {}

  /// Walks the message once. `max_depth`: of groups nobody knows. Fit::ok, or see `trouble`:
  /// bytes that are no message, or a wanted field that was written as another kind.
  Fit scan(std::string_view message, std::size_t max_depth, Findings& into, Trouble& trouble) const;

 private:
  enum class Keep : std::uint8_t { nothing, last, last_of_oneof, all, mismatch };
  struct Route {
    std::uint32_t field = 0;
    Keep keep = Keep::nothing;
  };

  void add(std::uint32_t tag, Route route);
  Route far_route(std::uint32_t tag) const;
  void keep(const Route& route, const WireValue& value, Findings& into) const;
  [[gnu::cold]] Fit explain_break(std::string_view message, const char* at, Trouble& trouble) const;
  [[gnu::cold]] Fit explain_mismatch(const Route& route, std::uint32_t tag, Trouble& trouble) const;

  const MessageType& type_;
  std::vector<Route> near_;                           // by tag
  std::vector<std::pair<std::uint32_t, Route>> far_;  // by tag, sorted
};

}  // namespace penstock::protobuf
