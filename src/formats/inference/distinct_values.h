#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_set>

namespace penstock {

/// Counts different values by their hash, exactly as far as kMost.
class DistinctValues {
 public:
  static constexpr std::size_t kMost = 1000;

  void add(std::string_view value) { add_hash(std::hash<std::string_view>{}(value)); }
  void merge(const DistinctValues& other) {
    for (const std::size_t hash : other.hashes_) add_hash(hash);
  }

  /// kMost + 1 means: more than kMost.
  std::size_t count() const noexcept { return hashes_.size(); }
  bool is_exact() const noexcept { return count() <= kMost; }

 private:
  void add_hash(std::size_t hash) {
    if (is_exact()) hashes_.insert(hash);
  }

  std::unordered_set<std::size_t> hashes_;
};

}  // namespace penstock
