#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/json/text_hash.h"
#include "model/mapping.h"

namespace penstock::json {

/// A slot of the block that is filled from the message.
struct Target {
  std::size_t slot = 0;
  /// See formats/null_rule.h.
  bool null_is_missing = false;
  /// Its field is a path too, so that several keys may bring it.
  bool has_ways = false;
};

/// How a path was cut into keys: a bit per dot, from the first one down. The fewer and
/// later the cuts the smaller; 0 is the exact key. The smallest way that a row brings counts.
using Way = std::uint64_t;

/// What a key of an object leads to: a field, paths that go on below it, or both.
struct KeyTarget {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::uint32_t field = kNone;
  std::uint32_t level = kNone;
  Way cut = 0;  // what a path that goes on here adds to its way
};

/// The keys that count in the objects of one place.
struct Level {
  std::vector<std::string> keys;
  std::vector<KeyTarget> targets;  // by key
  std::vector<std::size_t> below;  // the targets of the plan that are found here or deeper
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> index;

  /// What a key leads to, after unescaping; null when nobody wants it.
  const KeyTarget* find(std::string_view key) const;
};

/// The mapping turned over: from the keys of a message to slots. Made once per
/// pipe, never changed. The rule of paths: PayloadTarget.
class Plan {
 public:
  explicit Plan(const Mapping& mapping);

  const std::vector<Target>& targets() const noexcept { return targets_; }
  /// What a field fills: usually one target, by index. Those of one field follow each other.
  const std::vector<std::size_t>& field(std::size_t index) const { return fields_[index]; }
  /// The first is that of the message itself.
  const std::vector<Level>& levels() const noexcept { return levels_; }

 private:
  void add_field(std::string_view name);
  std::uint32_t level_behind(std::string_view prefix);
  KeyTarget& key_of(std::uint32_t level, std::string_view key);

  std::vector<Target> targets_;
  std::vector<std::vector<std::size_t>> fields_;
  std::vector<Level> levels_;
  std::map<std::string, std::uint32_t, std::less<>> levels_by_prefix_;
};

}  // namespace penstock::json
