#include "model/column/time_reader.h"

#include <algorithm>
#include <charconv>

namespace penstock {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

}  // namespace

bool TimeReader::at_letter() const { return !rest_.empty() && is_letter(rest_.front()); }

std::size_t TimeReader::digits() const {
  std::size_t count = 0;
  while (count < rest_.size() && is_digit(rest_[count])) ++count;
  return count;
}

bool TimeReader::skip_blanks() {
  const std::size_t before = rest_.size();
  while (skip(' ')) continue;
  return rest_.size() != before;
}

std::uint64_t TimeReader::take(std::size_t count) {
  std::uint64_t value = 0;
  std::from_chars(rest_.data(), rest_.data() + count, value);
  rest_.remove_prefix(count);
  return value;
}

bool TimeReader::read_short(unsigned& value) {
  const std::size_t count = digits();
  if (count < 1 || count > 2) return false;
  value = static_cast<unsigned>(take(count));
  return true;
}

std::uint32_t TimeReader::read_fraction() {
  constexpr std::size_t kMost = 9;
  const std::size_t count = digits();
  const std::size_t kept = std::min(count, kMost);
  auto value = static_cast<std::uint32_t>(take(kept));
  for (std::size_t digit = kept; digit < kMost; ++digit) value *= 10;
  rest_.remove_prefix(count - kept);
  return value;
}

bool TimeReader::skip_word(std::string_view word) {
  if (word_length() != word.size()) return false;
  for (std::size_t index = 0; index < word.size(); ++index) {
    if ((rest_[index] | 0x20) != word[index]) return false;
  }
  rest_.remove_prefix(word.size());
  return true;
}

std::size_t TimeReader::word_length() const {
  std::size_t length = 0;
  while (length < rest_.size() && is_letter(rest_[length])) ++length;
  return length;
}

}  // namespace penstock
