#pragma once

#include <cstddef>
#include <cstdint>
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
  /// Null counts as missing: the column cannot hold null and the server has a
  /// DEFAULT expression for it (ClickHouse: input_format_null_as_default).
  bool null_is_missing = false;
};

/// What a field of the message fills: usually one target, by index.
using FieldTargets = std::vector<std::size_t>;

/// The mapping turned over: from the keys of a message to slots. Made once per
/// pipe, never changed.
class Plan {
 public:
  explicit Plan(const Mapping& mapping);

  const std::vector<Target>& targets() const noexcept { return targets_; }
  /// The keys that fill something, by field.
  const std::vector<std::string>& keys() const noexcept { return keys_; }
  const FieldTargets& field(std::size_t index) const { return fields_[index]; }
  /// The index of the field a key names, after unescaping.
  std::optional<std::size_t> find(std::string_view key) const;

 private:
  std::vector<Target> targets_;
  std::vector<std::string> keys_;
  std::vector<FieldTargets> fields_;
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> index_;
};

}  // namespace penstock::json
