#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/json/fast_message.h"
#include "formats/json/text_hash.h"
#include "model/column/swar.h"

namespace penstock::json {

/// Which key follows which in the objects of one place, learned while reading,
/// because the next message usually has the same. What stands between two values
/// (`,"user": `) is then passed over by comparing words, not by finding quotes,
/// unescaping and hashing.
///
/// Learns a few ways on from each field and never forgets one: keys
/// in another order, or left out, cost a search by name. Memory is bounded by the
/// fields asked for, not by what messages bring.
class KeyGraph {
 public:
  /// A field by its index in `names`, or one of the two below.
  using Field = std::uint32_t;

  explicit KeyGraph(const std::vector<std::string>& names);

  /// Where every object starts, before its first key.
  Field start() const noexcept { return static_cast<Field>(usual_.size() - 1); }
  /// Stands for all keys that are none of the names.
  Field other() const noexcept { return start() - 1; }

  /// From behind the value of `field` to the value of the next one, which becomes
  /// `field`. Null also at the end of the object, with `field` left as it was.
  const char* follow(FastMessage& message, const char* at, Field& field) {
    const Step& step = usual_[field];
    if (!step.is_at(at)) [[unlikely]] {
      return search(message, at, field);
    }
    return pass(message, step, at, field);
  }

 private:
  static constexpr std::size_t kMostOtherSteps = 3;
  static constexpr std::size_t kWords = 6;

  /// One cache line: the bytes from one value to the next, zeros behind them.
  struct alignas(64) Step {
    std::array<std::uint64_t, kWords> words{};
    std::uint64_t last_mask = 0;  // of the bytes that count in the last word
    std::uint32_t length = 0;     // in bytes
    Field to = 0;

    /// Never true of a step that was not learned.
    bool is_at(const char* at) const {
      if (length == 0) return false;
      std::size_t word = 0;
      for (; word < length / 8; ++word) {
        if (swar::load(at + word * 8) != words[word]) return false;
      }
      return last_mask == 0 || (swar::load(at + word * 8) & last_mask) == words[word];
    }
  };
  static_assert(sizeof(Step) == 64);

  /// Behind a step that is at `at`.
  static const char* pass(const FastMessage& message, const Step& step, const char* at,
                          Field& field) {
    field = step.to;
    at += step.length;
    return at < message.last ? at : nullptr;
  }
  const char* search(FastMessage& message, const char* at, Field& field);
  void learn(Field from, std::string_view between, Field to);

  std::unordered_map<std::string, Field, TextHash, std::equal_to<>> fields_;
  std::vector<Step> usual_;                // by field: the first way on that was met
  std::vector<std::vector<Step>> others_;  // by field: the next few
};

}  // namespace penstock::json
