#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/json/blanks.h"
#include "formats/json/text_scan.h"

namespace penstock::json {

/// The fast path's view of one message: one JSON object, read from its first
/// byte to its last without an index of its brackets.
///
/// Every reader of the fast path takes the place where its part starts and gives
/// back the place behind it, or null when it hesitates: at anything broken,
/// refused or merely rare. Then the row is undone and the plain path decides, so
/// no reader has an error to word. No reader gives back a place beyond `last`.
struct FastMessage {
  /// The closing brace. kReadAhead bytes behind it can be read.
  const char* last = nullptr;
  /// A text outside ASCII was met: the message is yet to be checked for UTF-8.
  bool has_high = false;
  /// Objects and arrays open at this place, and how many may be.
  std::size_t depth = 1;
  std::size_t max_depth = 1;
  /// Texts with escapes are unescaped here, one at a time.
  std::vector<char> unescaped;
};

/// Opens one more object or array for as long as it lives.
class DeeperBy1 {
 public:
  explicit DeeperBy1(FastMessage& message) : message_(message) { ++message_.depth; }
  ~DeeperBy1() { --message_.depth; }
  DeeperBy1(const DeeperBy1&) = delete;
  DeeperBy1& operator=(const DeeperBy1&) = delete;

  bool is_too_deep() const { return message_.depth > message_.max_depth; }

 private:
  FastMessage& message_;
};

/// The text whose first byte is at `at`, behind the opening quote, unescaped. The
/// view lives until the next text. Gives back the place behind the closing quote.
const char* read_escaped_text(FastMessage& message, const char* at, std::string_view& text);

/// read_escaped_text(), but the usual text, without escapes, stays where it is.
[[gnu::always_inline]] inline const char* read_text(FastMessage& message, const char* at,
                                                    std::string_view& text) {
  const TextEnd end = find_text_end(at, message.last);
  message.has_high |= end.has_high;
  if (end.at >= message.last) return nullptr;
  if (*end.at == '"') [[likely]] {
    text = {at, static_cast<std::size_t>(end.at - at)};
    return end.at + 1;
  }
  return *end.at == '\\' ? read_escaped_text(message, at, text) : nullptr;
}

/// Passes over a value nobody wants, checking as much as the plain path does.
const char* skip_value(FastMessage& message, const char* at);

}  // namespace penstock::json
