#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace penstock {

/// Walks over the text of a time from left to right; what does not match stays
/// unread. Part of time_text.cc.
class TimeReader {
 public:
  explicit TimeReader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool at_letter() const;

  /// How many digits come next.
  std::size_t digits() const;
  /// The character `count` places further on, or 0.
  char after(std::size_t count) const { return count < rest_.size() ? rest_[count] : '\0'; }

  bool skip(char expected) {
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// True when there was at least one.
  bool skip_blanks();

  /// The next `count` digits, known to be there.
  std::uint64_t take(std::size_t count);
  /// One or two digits, not more.
  bool read_short(unsigned& value);
  /// The digits of a fraction of a second, as nanoseconds.
  std::uint32_t read_fraction();

  /// A whole word, given in lower case, in any case.
  bool skip_word(std::string_view word);
  /// 1-based place of the word that comes next, in full or its first three
  /// letters; 0, and nothing read, when it is none of them.
  template <std::size_t N>
  unsigned read_name(const std::array<std::string_view, N>& names) {
    const std::size_t length = word_length();
    for (std::size_t index = 0; index < N; ++index) {
      if (length != 3 && length != names[index].size()) continue;
      if (skip_word(names[index].substr(0, length))) return static_cast<unsigned>(index + 1);
    }
    return 0;
  }

 private:
  std::size_t word_length() const;

  std::string_view rest_;
};

}  // namespace penstock
