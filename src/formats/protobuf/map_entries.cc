#include "formats/protobuf/map_entries.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string_view>

namespace penstock::protobuf {
namespace {

constexpr std::uint32_t kKey = 1;
constexpr std::uint32_t kValue = 2;

WireValue merged(const WireValue& first, const WireValue& second, std::deque<std::string>& joined) {
  return WireValue::of(joined.emplace_back(first.bytes()).append(second.bytes()));
}

/// `entry` has its zeroes; `joined` keeps the bytes of messages that come in parts.
bool read_entry(const FieldType& map, std::string_view bytes, std::size_t max_depth,
                MapEntries::Entry& entry, std::deque<std::string>& joined) {
  const auto tag_of = [](std::uint32_t number, FieldKind kind) {
    return number << 3 | static_cast<std::uint32_t>(wire_type(kind));
  };
  const std::uint32_t key_tag = tag_of(kKey, key_of(map).kind);
  const std::uint32_t value_tag = tag_of(kValue, value_of(map).kind);
  const char* const at_zero = entry.value.data;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at != end) {
    std::uint32_t tag = 0;
    WireValue value;
    at = wire::read_tag(at, end, tag);
    if (at != nullptr) at = wire::read_value(at, end, tag, max_depth, value);
    if (at == nullptr) return false;
    if (tag == key_tag) {
      entry.key = value;
    } else if (tag == value_tag) {
      const bool again = entry.value.data != at_zero;
      entry.value = again && value_of(map).kind == FieldKind::message
                        ? merged(entry.value, value, joined)
                        : value;
    } else if (tag >> 3 == kKey || tag >> 3 == kValue) {
      return false;
    }
  }
  return true;
}

bool same_key(const WireValue& left, const WireValue& right) {
  return left.number == right.number && (!left.has_bytes() || left.bytes() == right.bytes());
}

bool comes_before(const WireValue& left, const WireValue& right) {
  if (left.number != right.number || !left.has_bytes()) return left.number < right.number;
  return left.bytes() < right.bytes();
}

}  // namespace

Fit MapEntries::read(const FieldType& map, std::span<const WireValue> found, std::size_t max_depth,
                     Trouble& trouble) {
  entries_.resize(found.size());
  if (!joined_.empty()) joined_.clear();
  for (std::size_t i = 0; i < found.size(); ++i) {
    Entry& entry = entries_[i];
    entry = {.key = zero_of(key_of(map)), .value = zero_of(value_of(map))};
    if (!read_entry(map, found[i].bytes(), max_depth, entry, joined_)) {
      return trouble.call_broken(fmt::format("an entry of the map {} is broken", map.name));
    }
  }
  if (entries_.size() > 1) drop_repeated_keys();
  return Fit::ok;
}

void MapEntries::drop_repeated_keys() {
  constexpr std::size_t kFew = 16;
  bool has_repeated = false;
  if (entries_.size() <= kFew) {
    for (std::size_t i = 1; i < entries_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        has_repeated = has_repeated || same_key(entries_[i].key, entries_[j].key);
      }
    }
    if (!has_repeated) return;
  }
  order_.resize(entries_.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::ranges::sort(order_, [this](std::size_t left, std::size_t right) {
    const WireValue& left_key = entries_[left].key;
    const WireValue& right_key = entries_[right].key;
    return same_key(left_key, right_key) ? left < right : comes_before(left_key, right_key);
  });
  is_replaced_.assign(entries_.size(), false);
  for (std::size_t i = 1; i < order_.size(); ++i) {
    if (same_key(entries_[order_[i - 1]].key, entries_[order_[i]].key)) {
      is_replaced_[order_[i - 1]] = true;
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!is_replaced_[i]) entries_[kept++] = entries_[i];
  }
  entries_.resize(kept);
}

}  // namespace penstock::protobuf
