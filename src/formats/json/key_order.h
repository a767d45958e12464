#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::json {

/// Remembers the keys of the last message in order, because the next one
/// usually has the same: a key is then known by comparing bytes, not by
/// unescaping and hashing. Keys are compared as written, escapes and all.
class KeyOrder {
 public:
  /// What a key leads to: a field of the plan, or none.
  using Field = std::optional<std::size_t>;

  void start_message() { next_ = 0; }

  /// The field of the key that `rest` begins with (behind its opening quote),
  /// if it is the expected one or the one after. Null: ask the plan, then learn().
  const Field* guess(std::string_view rest);

  /// Sets what to expect at the place where guess() failed.
  void learn(std::string_view rest, Field field);

 private:
  struct Entry {
    std::string key;
    Field field;
  };

  std::vector<Entry> entries_;
  std::size_t next_ = 0;
};

}  // namespace penstock::json
