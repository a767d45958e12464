#include "formats/unscaled.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace penstock {
namespace {

/// Divides a number, its highest digit of base 2^32 first, and gives back the rest.
std::uint32_t divide(std::vector<std::uint32_t>& words, std::uint32_t by) {
  std::uint64_t rest = 0;
  for (std::uint32_t& word : words) {
    const std::uint64_t part = rest << 32 | word;
    word = static_cast<std::uint32_t>(part / by);
    rest = part % by;
  }
  return static_cast<std::uint32_t>(rest);
}

/// The size of the number, without its sign, in words of 32 bits, the highest first.
std::vector<std::uint32_t> size_in_words(std::string_view bytes, bool is_negative) {
  std::vector<std::uint32_t> words((bytes.size() + 3) / 4, is_negative ? ~std::uint32_t{0} : 0);
  std::size_t low = bytes.size();
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    for (int shift = 0; shift < 32 && low > 0; shift += 8) {
      const auto byte = static_cast<unsigned char>(bytes[--low]);
      *word = (*word & ~(std::uint32_t{0xFF} << shift)) | std::uint32_t{byte} << shift;
    }
  }
  bool carry = is_negative;
  for (auto word = words.rbegin(); is_negative && word != words.rend(); ++word) {
    *word = ~*word + static_cast<std::uint32_t>(carry);
    carry = carry && *word == 0;
  }
  return words;
}

}  // namespace

bool Unscaled::fits(std::int64_t& value) const {
  const bool is_negative = !bytes.empty() && (bytes.front() & 0x80) != 0;
  const char filler = is_negative ? '\xFF' : '\0';
  std::string_view rest = bytes;
  while (rest.size() > sizeof(value) && rest.front() == filler) rest.remove_prefix(1);
  if (rest.size() > sizeof(value)) return false;
  std::uint64_t number = is_negative ? ~std::uint64_t{0} : 0;
  for (const char byte : rest) number = number << 8 | static_cast<unsigned char>(byte);
  value = static_cast<std::int64_t>(number);
  return (value < 0) == is_negative;
}

std::string Unscaled::spell(int scale) const {
  constexpr std::uint32_t kBillion = 1'000'000'000;
  const bool is_negative = !bytes.empty() && (bytes.front() & 0x80) != 0;
  std::vector<std::uint32_t> words = size_in_words(bytes, is_negative);
  std::string digits;  // the last one first
  while (std::ranges::any_of(words, [](std::uint32_t word) { return word != 0; })) {
    std::uint32_t nine = divide(words, kBillion);
    for (int count = 0; count < 9; ++count, nine /= 10) {
      digits += static_cast<char>('0' + nine % 10);
    }
  }
  while (digits.ends_with('0')) digits.pop_back();
  const bool is_below_zero = is_negative && !digits.empty();
  const auto fraction = static_cast<std::size_t>(std::max(scale, 0));
  while (digits.size() <= fraction) digits += '0';
  if (fraction > 0) digits.insert(digits.begin() + static_cast<std::ptrdiff_t>(fraction), '.');
  if (is_below_zero) digits += '-';
  std::ranges::reverse(digits);
  return digits;
}

Fit Unscaled::put(int scale, ColumnWriter& into) const {
  std::int64_t value = 0;
  if (scale <= ColumnWriter::kMostScale && fits(value)) return into.put_decimal(value, scale);
  return into.put_decimal_text(spell(scale));
}

}  // namespace penstock
