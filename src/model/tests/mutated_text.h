#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace penstock {

/// Texts that are nearly what they should be: for comparing a fast reader with a
/// thorough one. The same texts in every run.
class MutatedText {
 public:
  /// `letters`: what a wrong character may be.
  explicit MutatedText(std::string_view letters) : letters_(letters) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }

  /// `text` with none, one or two characters changed, added or taken away.
  std::string of(std::string text) {
    for (std::size_t left = below(3); left > 0; --left) change(text);
    return text;
  }

 private:
  void change(std::string& text) {
    const char letter = letters_[below(letters_.size())];
    const std::size_t at = below(text.size() + 1);
    const std::size_t what = below(4);
    if (what == 0 || at == text.size()) {
      text.insert(at, 1, letter);
    } else if (what == 1) {
      text.erase(at, 1);
    } else {
      text[at] = letter;
    }
  }

  std::mt19937_64 random_{1};
  const std::string_view letters_;
};

}  // namespace penstock
