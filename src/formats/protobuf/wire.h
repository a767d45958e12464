#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "formats/protobuf/message_type.h"

namespace penstock::protobuf {

/// The low three bits of a tag.
enum class WireType : std::uint8_t {
  varint = 0,
  fixed64 = 1,
  length = 2,
  group = 3,
  group_end = 4,
  fixed32 = 5,
};

/// How a single value of the kind stands on the wire.
constexpr WireType wire_type(FieldKind kind) {
  switch (kind) {
    case FieldKind::fixed32:
    case FieldKind::sfixed32:
    case FieldKind::real32: return WireType::fixed32;
    case FieldKind::fixed64:
    case FieldKind::sfixed64:
    case FieldKind::real64: return WireType::fixed64;
    case FieldKind::text:
    case FieldKind::bytes:
    case FieldKind::message: return WireType::length;
    default: return WireType::varint;
  }
}

/// One value as it stood in a message: a number's raw bits, or the bytes inside.
struct WireValue {
  std::uint64_t number = 0;    // how many, where there are bytes
  const char* data = nullptr;  // null for numbers

  bool has_bytes() const { return data != nullptr; }
  std::string_view bytes() const { return {data, number}; }
  static WireValue of(std::string_view bytes) { return {bytes.size(), bytes.data()}; }
};

/// What a value of the field that is not there stands for. Lives as long as the field.
inline WireValue zero_of(const FieldType& field) {
  if (wire_type(field.kind) == WireType::length) return WireValue::of(field.zero.bytes);
  return {.number = field.zero.number};
}

/// Whether it is the zero of its kind, however many bytes spell it: 0, "", false; not -0.0.
bool is_zero(const FieldType& field, const WireValue& value);

namespace wire {

/// Any varint, byte by byte; its end, or null, and its value.
struct LongVarint {
  const char* end;
  std::uint64_t value;
};
LongVarint read_long_varint(const char* at, const char* end);

/// Reads a varint of at most ten bytes and gives back where it ends. Null: it is cut off or
/// longer. Bits beyond 64 are dropped, as every reader of Protobuf does.
[[gnu::always_inline]] inline const char* read_varint(const char* at, const char* end,
                                                      std::uint64_t& value) {
  if (at != end && static_cast<signed char>(*at) >= 0) {
    value = static_cast<unsigned char>(*at);
    return at + 1;
  }
  std::uint64_t word = ~std::uint64_t{0};
  if (end - at >= 8) std::memcpy(&word, at, sizeof(word));
  const std::uint64_t stops = ~word & 0x8080808080808080u;
  if (stops == 0) {
    const LongVarint read = read_long_varint(at, end);
    value = read.value;
    return read.end;
  }
  // Seven bits of each byte up to the one that stops, then moved together.
  word &= (stops ^ (stops - 1)) & 0x7F7F7F7F7F7F7F7Fu;
  word = (word & 0x007F007F007F007Fu) | (word & 0x7F007F007F007F00u) >> 1;
  word = (word & 0x00003FFF00003FFFu) | (word & 0x3FFF00003FFF0000u) >> 2;
  value = (word & 0x000000000FFFFFFFu) | (word & 0x0FFFFFFF00000000u) >> 4;
  return at + std::countr_zero(stops) / 8 + 1;
}

/// Null when fewer bytes are left.
template <class T>
const char* read_fixed(const char* at, const char* end, std::uint64_t& value) {
  if (end - at < static_cast<std::ptrdiff_t>(sizeof(T))) return nullptr;
  T read;
  std::memcpy(&read, at, sizeof(T));
  value = read;
  return at + sizeof(T);
}

/// The end of the group whose start tag ends at `at`, before its end tag; `after` gets what
/// follows that. Null: cut off, or `max_depth` groups inside each other.
const char* find_group_end(const char* at, const char* end, std::uint32_t number,
                           std::size_t max_depth, const char*& after);

/// The bytes of a group as a value; see find_group_end().
const char* read_group(const char* at, const char* end, std::uint32_t number, std::size_t max_depth,
                       WireValue& value);

/// Reads what follows a tag of this wire type. Null as above; also for a group_end.
[[gnu::always_inline]] inline const char* read_value(const char* at, const char* end,
                                                     std::uint32_t tag, std::size_t max_depth,
                                                     WireValue& value) {
  const auto type = static_cast<WireType>(tag & 7);
  std::uint64_t number = 0;
  if (type == WireType::length) {
    at = read_varint(at, end, number);
    if (at == nullptr || number > static_cast<std::uint64_t>(end - at)) return nullptr;
    value = {.number = number, .data = at};
    return at + number;
  }
  if (type == WireType::varint) {
    at = read_varint(at, end, number);
  } else if (type == WireType::fixed64) {
    at = read_fixed<std::uint64_t>(at, end, number);
  } else if (type == WireType::fixed32) {
    at = read_fixed<std::uint32_t>(at, end, number);
  } else {
    return type == WireType::group ? read_group(at, end, tag >> 3, max_depth, value) : nullptr;
  }
  value = {.number = number};
  return at;
}

/// Reads a tag of at most five bytes; null when it is cut off or names no field.
[[gnu::always_inline]] inline const char* read_tag(const char* at, const char* end,
                                                   std::uint32_t& tag) {
  constexpr std::ptrdiff_t kMostBytes = 5;
  const char* const start = at;
  std::uint64_t read = 0;
  at = read_varint(at, end, read);
  tag = static_cast<std::uint32_t>(read);
  return at != nullptr && at - start <= kMostBytes && tag >= 8 ? at : nullptr;
}

}  // namespace wire
}  // namespace penstock::protobuf
