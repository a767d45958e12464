#include "formats/json/key_order.h"

#include <algorithm>

namespace penstock::json {
namespace {

// Beyond these a message is so unusual that remembering it would only cost memory.
constexpr std::size_t kMostKeys = 4096;
constexpr std::size_t kLongestKey = 256;

bool begins_with_key(std::string_view rest, std::string_view key) {
  return rest.size() > key.size() && rest[key.size()] == '"' && rest.starts_with(key);
}

/// The key up to its closing quote.
std::string_view key_as_written(std::string_view rest) {
  std::size_t end = 0;
  while (end < rest.size() && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
  return rest.substr(0, std::min(end, rest.size()));
}

}  // namespace

const KeyOrder::Field* KeyOrder::guess(std::string_view rest) {
  // One further: a key that this message leaves out must not spoil all after it.
  const std::size_t last = std::min(next_ + 2, entries_.size());
  for (std::size_t index = next_; index < last; ++index) {
    if (!begins_with_key(rest, entries_[index].key)) continue;
    next_ = index + 1;
    return &entries_[index].field;
  }
  return nullptr;
}

void KeyOrder::learn(std::string_view rest, Field field) {
  const std::string_view key = key_as_written(rest);
  if (next_ >= kMostKeys || key.size() > kLongestKey) return;
  if (next_ == entries_.size()) entries_.emplace_back();
  entries_[next_].key.assign(key);
  entries_[next_].field = field;
  ++next_;
}

}  // namespace penstock::json
