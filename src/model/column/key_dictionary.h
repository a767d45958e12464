#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/column/key_cache.h"
#include "model/column/tail.h"
#include "model/native_output.h"

namespace penstock {

/// How Native writes a key: as its bytes, or with their number in front.
enum class KeyForm : std::uint8_t { fixed_width, text };

/// The distinct values of a LowCardinality column in order of first use, ready
/// for Native, with a hash table (open addressing) to find a value's number.
///
/// Finding a known key allocates nothing; clearing keeps the memory.
class KeyDictionary {
 public:
  explicit KeyDictionary(KeyForm form);

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(keys_.size()); }
  std::size_t bytes() const noexcept { return bytes_.size(); }
  std::string_view key(std::uint32_t number) const {
    return {bytes_.data() + keys_[number].begin, keys_[number].end - keys_[number].begin};
  }

  /// Number of the key; a new one belongs to `row`, the first that uses it.
  std::uint32_t find_or_add(std::string_view key, std::size_t row) {
    const std::uint32_t number = cache_.find(key);
    if (number != KeyCache::kUnknown &&
        (KeyCache::is_seen_whole(key) || this->key(number) == key)) {
      return number;
    }
    return search_or_add(key, row);
  }
  /// Adds a key that no search finds.
  void add_hidden(std::string_view key);

  /// Forgets the keys first used by `row` or a later one, but never one of the
  /// first `keep` keys.
  void forget_from(std::size_t row, std::uint32_t keep);

  void write(NativeOutput& out) const { out.borrow(bytes_.data(), bytes_.size()); }

 private:
  struct Key {
    std::size_t begin = 0;  // of the bytes proper, after a length
    std::size_t end = 0;
    std::size_t row = 0;
    std::uint64_t hash = 0;
    bool is_hidden = false;
  };

  std::uint32_t search_or_add(std::string_view key, std::size_t row);
  std::uint64_t hash_of(std::string_view key) const;
  /// Number plus one of the key there, 0 when the place is free.
  std::size_t place_of(std::uint64_t hash, std::string_view key) const;
  void append(std::string_view key, Key entry);
  void drop_last();
  void rebuild(std::size_t places);

  const KeyForm form_;
  const std::uint64_t seed_;
  Tail<char> bytes_;
  std::vector<Key> keys_;
  KeyCache cache_;                    // of keys the table has
  std::vector<std::uint32_t> table_;  // a power of two, at most half of it in use
};

}  // namespace penstock
