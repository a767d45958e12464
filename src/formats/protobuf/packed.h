#pragma once

#include <cstddef>
#include <string_view>

#include "formats/protobuf/message_type.h"
#include "formats/protobuf/wire.h"

namespace penstock::protobuf {

/// Whether values of the kind may stand packed: side by side without tags.
inline bool may_be_packed(FieldKind kind) { return wire_type(kind) != WireType::length; }

/// Calls `visit` with each element of a list, packed or not, until it answers otherwise than
/// `go_on`, which is the answer then; `cut_off` when packed bytes end inside a value.
template <class Answer, class Visitor>
Answer for_each_element(FieldKind kind, const WireValue& value, Answer go_on, Answer cut_off,
                        Visitor&& visit) {
  if (!value.has_bytes() || !may_be_packed(kind)) return visit(value);
  const std::string_view packed = value.bytes();
  const char* at = packed.data();
  const char* const end = at + packed.size();
  const auto tag = static_cast<std::uint32_t>(wire_type(kind));
  while (at != end) {
    WireValue element;
    at = wire::read_value(at, end, tag, 0, element);
    if (at == nullptr) return cut_off;
    if (const Answer answer = visit(element); answer != go_on) return answer;
  }
  return go_on;
}

}  // namespace penstock::protobuf
