#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "formats/json/text_marks_private.h"

namespace penstock::json {

/// Scans read this far beyond the byte they stop at, and beyond the end of a
/// message that has no quote: callers see to it that so much can be read.
inline constexpr std::size_t kReadAhead = 64;

/// Where a run of plain text ends.
struct TextEnd {
  /// The first quote, backslash or control character.
  const char* at = nullptr;
  /// A byte above 0x7F came before it.
  bool has_high = false;
};

using TextScan = TextEnd (*)(const char* at, const char* last);

/// The scans this machine can run, the one with the widest vectors first. All
/// give the same answers.
std::span<const TextScan> text_scans();

/// The first of text_scans().
extern const TextScan find_long_text_end;

/// Where the text that starts at `at`, behind its quote, ends. Most texts are
/// short: those are done here. `last`: the message's last byte; an end found
/// beyond it does not count.
[[gnu::always_inline]] inline TextEnd find_text_end(const char* at, const char* last) {
  std::uint32_t high = 0;
  for (int step = 0; step < 2; ++step, at += 16) {
    const TextMarks marks = mark_16(at);
    if (marks.ends != 0) {
      high |= marks.high & (marks.ends ^ (marks.ends - 1));
      return {at + __builtin_ctz(marks.ends), high != 0};
    }
    high |= marks.high;
    if (at + 16 > last) return {at + 16, high != 0};
  }
  TextEnd end = find_long_text_end(at, last);
  end.has_high |= high != 0;
  return end;
}

}  // namespace penstock::json
