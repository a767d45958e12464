#pragma once

#include <bit>
#include <cstdint>

#include "formats/protobuf/message_type.h"

namespace penstock::protobuf {

/// The number a field's raw bits stand for: std::int64_t, std::uint64_t, bool, float or double.
/// Bits beyond a 32-bit kind are dropped, as every reader of Protobuf does. Enums as int32.
template <FieldKind kind>
constexpr auto number_of(std::uint64_t raw) {
  const auto low = static_cast<std::uint32_t>(raw);
  if constexpr (kind == FieldKind::int32 || kind == FieldKind::sfixed32 ||
                kind == FieldKind::enumeration) {
    return std::int64_t{static_cast<std::int32_t>(low)};
  } else if constexpr (kind == FieldKind::sint32) {
    return std::int64_t{static_cast<std::int32_t>(low >> 1 ^ (0 - (low & 1)))};
  } else if constexpr (kind == FieldKind::sint64) {
    return static_cast<std::int64_t>(raw >> 1 ^ (0 - (raw & 1)));
  } else if constexpr (kind == FieldKind::int64 || kind == FieldKind::sfixed64) {
    return static_cast<std::int64_t>(raw);
  } else if constexpr (kind == FieldKind::uint32 || kind == FieldKind::fixed32) {
    return std::uint64_t{low};
  } else if constexpr (kind == FieldKind::boolean) {
    return raw != 0;
  } else if constexpr (kind == FieldKind::real32) {
    return std::bit_cast<float>(low);
  } else if constexpr (kind == FieldKind::real64) {
    return std::bit_cast<double>(raw);
  } else {
    return raw;
  }
}

/// Calls `visit` with the number as above, and with the raw bits for text, bytes and messages.
template <class Visitor>
decltype(auto) with_number(FieldKind kind, std::uint64_t raw, Visitor&& visit) {
  switch (kind) {
    case FieldKind::int32: return visit(number_of<FieldKind::int32>(raw));
    case FieldKind::int64: return visit(number_of<FieldKind::int64>(raw));
    case FieldKind::uint32: return visit(number_of<FieldKind::uint32>(raw));
    case FieldKind::sint32: return visit(number_of<FieldKind::sint32>(raw));
    case FieldKind::sint64: return visit(number_of<FieldKind::sint64>(raw));
    case FieldKind::fixed32: return visit(number_of<FieldKind::fixed32>(raw));
    case FieldKind::sfixed32: return visit(number_of<FieldKind::sfixed32>(raw));
    case FieldKind::sfixed64: return visit(number_of<FieldKind::sfixed64>(raw));
    case FieldKind::real32: return visit(number_of<FieldKind::real32>(raw));
    case FieldKind::real64: return visit(number_of<FieldKind::real64>(raw));
    case FieldKind::boolean: return visit(number_of<FieldKind::boolean>(raw));
    case FieldKind::enumeration: return visit(number_of<FieldKind::enumeration>(raw));
    default: return visit(raw);
  }
}

}  // namespace penstock::protobuf
