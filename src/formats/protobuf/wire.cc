#include "formats/protobuf/wire.h"

#include <cmath>
#include <vector>

#include "formats/protobuf/number.h"

namespace penstock::protobuf {

bool is_zero(const FieldType& field, const WireValue& value) {
  if (value.has_bytes()) return value.bytes().empty();
  return with_number(field.kind, value.number, [](auto number) {
    return number == decltype(number){} && !std::signbit(static_cast<double>(number));
  });
}

namespace wire {

LongVarint read_long_varint(const char* at, const char* end) {
  constexpr unsigned kMostBits = 70;
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < kMostBits && at != end; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    if (shift < 64) value |= std::uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return {at, value};
  }
  return {nullptr, 0};
}

const char* read_group(const char* at, const char* end, std::uint32_t number, std::size_t max_depth,
                       WireValue& value) {
  const char* after = nullptr;
  const char* const stop = find_group_end(at, end, number, max_depth, after);
  if (stop == nullptr) return nullptr;
  value = WireValue::of({at, static_cast<std::size_t>(stop - at)});
  return after;
}

// Without recursion: how deep groups nest is the sender's choice.
const char* find_group_end(const char* at, const char* end, std::uint32_t number,
                           std::size_t max_depth, const char*& after) {
  std::vector<std::uint32_t> open{number};
  while (at != end) {
    const char* const start = at;
    std::uint32_t tag = 0;
    at = read_tag(at, end, tag);
    if (at == nullptr) return nullptr;
    const auto type = static_cast<WireType>(tag & 7);
    if (type == WireType::group_end) {
      if (open.back() != tag >> 3) return nullptr;
      open.pop_back();
      after = at;
      if (open.empty()) return start;
    } else if (type == WireType::group) {
      if (open.size() >= max_depth) return nullptr;
      open.push_back(tag >> 3);
    } else {
      WireValue skipped;
      at = read_value(at, end, tag, max_depth, skipped);
      if (at == nullptr) return nullptr;
    }
  }
  return nullptr;
}

}  // namespace wire
}  // namespace penstock::protobuf
