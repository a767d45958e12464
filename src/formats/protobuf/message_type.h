#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::protobuf {

struct MessageType;

/// How a field's values are written, by the names of the language.
enum class FieldKind : std::uint8_t {
  int32,
  int64,
  uint32,
  uint64,
  sint32,
  sint64,
  fixed32,
  fixed64,
  sfixed32,
  sfixed64,
  real32,  // float
  real64,  // double
  boolean,
  enumeration,
  text,  // string
  bytes,
  message,  // groups too: how one stands on the wire tells itself
};

/// Messages that mean more than their fields do.
enum class WellKnown : std::uint8_t {
  none,
  timestamp,
  duration,
  wrapper,  // google.protobuf.Int32Value and its like
  structure,
  value,
  list_value,
  any,
  field_mask,
  decimal,  // confluent.type.Decimal
};

struct EnumType {
  struct Entry {
    std::int32_t number = 0;
    std::string name;
  };
  std::string name;
  std::vector<Entry> entries;  // by number; of aliases the first

  /// Empty for a number that has no name.
  std::string_view name_of(std::int32_t number) const;
};

/// A field's default as `[default = …]` gives it.
struct FieldDefault {
  std::uint64_t number = 0;  // as its kind stands on the wire
  std::string bytes;         // of text and bytes
};

struct FieldType {
  std::string name;
  std::string json_name;
  std::uint32_t number = 0;
  FieldKind kind{};
  bool is_repeated = false;
  bool is_map = false;
  bool is_map_key = false;  // of the message of a map's entries
  /// Whether a value that is not there differs from zero.
  bool has_presence = false;
  bool is_required = false;            // proto2
  std::optional<std::uint32_t> oneof;  // in MessageType::oneofs
  const MessageType* message = nullptr;
  const EnumType* enumeration = nullptr;
  std::optional<FieldDefault> written_default;
  FieldDefault zero;  // what a value that is not there stands for: 0, "", the first enum entry
};

/// A message of a schema; schemas may be recursive. Owned by its Schema.
struct MessageType {
  std::string name;  // with package: shop.v1.Order
  WellKnown well_known = WellKnown::none;
  std::vector<FieldType> fields;  // as declared
  std::vector<std::string> oneofs;

  /// By name, else by JSON name; null when there is none.
  const FieldType* find(std::string_view field) const;
};

/// The messages inside one that only wraps a list of them; null for others.
const MessageType* rows_inside(const MessageType& type);

}  // namespace penstock::protobuf
