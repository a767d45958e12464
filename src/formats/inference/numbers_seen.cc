#include "formats/inference/numbers_seen.h"

#include <charconv>
#include <cstdlib>
#include <system_error>

namespace penstock {
namespace {

// Of exponents larger than this nobody needs to know how large; sums of two stay small.
constexpr int kLargestExponent = 100'000;

struct SpeltNumber {
  bool is_integer = true;
  int digits = 0;  // those that count
  int whole_digits = 0;
  int fraction_digits = 0;
};

int read_exponent(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  int exponent = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (read.ec != std::errc() || exponent > kLargestExponent) exponent = kLargestExponent;
  return negative ? -exponent : exponent;
}

/// How many digits stand before and behind the point once it is written out.
SpeltNumber measure(std::string_view token) {
  SpeltNumber number;
  if (token.starts_with('-')) token.remove_prefix(1);
  int exponent = 0;
  if (const auto at = token.find_first_of("eE"); at != std::string_view::npos) {
    exponent = read_exponent(token.substr(at + 1));
    token = token.substr(0, at);
    number.is_integer = false;
  }
  const std::size_t point = std::min(token.find('.'), token.size());
  if (point < token.size()) number.is_integer = false;

  const auto is_counting = [](char c) { return c >= '1' && c <= '9'; };
  const auto first = std::find_if(token.begin(), token.end(), is_counting);
  if (first == token.end()) return number;  // zero
  const auto last = std::find_if(token.rbegin(), token.rend(), is_counting).base();
  const auto from = static_cast<int>(first - token.begin());
  const auto until = static_cast<int>(last - token.begin());
  const auto dot = static_cast<int>(point);
  number.digits = until - from - (from < dot && dot < until ? 1 : 0);
  // Places left of the point are positive; the point itself takes one behind it.
  const int highest_place = dot - from + (from > dot ? 1 : 0) + exponent;
  number.whole_digits = std::max(0, highest_place);
  number.fraction_digits = std::max(0, number.digits - highest_place);
  return number;
}

bool is_beyond_double(std::string_view token, const SpeltNumber& number) {
  if (number.whole_digits <= std::numeric_limits<double>::max_exponent10) return false;
  double value = 0;
  const auto read = std::from_chars(token.data(), token.data() + token.size(), value);
  return read.ec != std::errc();
}

}  // namespace

void NumbersSeen::add(std::string_view token) {
  const SpeltNumber number = measure(token);
  ++(number.is_integer ? integers : reals);
  most_digits = std::max(most_digits, number.digits);
  most_whole_digits = std::max(most_whole_digits, number.whole_digits);
  most_fraction_digits = std::max(most_fraction_digits, number.fraction_digits);
  if (is_beyond_double(token, number)) beyond_double = true;
  if (!number.is_integer) return;

  const bool negative = token.starts_with('-');
  if (negative) token.remove_prefix(1);
  std::uint64_t size = 0;
  const auto read = std::from_chars(token.data(), token.data() + token.size(), size);
  constexpr std::uint64_t kMostNegative = std::uint64_t{1} << 63;
  if (read.ec != std::errc() || (negative && size > kMostNegative)) {
    has_wider_integers = true;
    return;
  }
  const Int128 value = negative ? -static_cast<Int128>(size) : static_cast<Int128>(size);
  lowest = std::min(lowest, value);
  highest = std::max(highest, value);
}

void NumbersSeen::merge(const NumbersSeen& other) {
  integers += other.integers;
  reals += other.reals;
  lowest = std::min(lowest, other.lowest);
  highest = std::max(highest, other.highest);
  has_wider_integers |= other.has_wider_integers;
  most_digits = std::max(most_digits, other.most_digits);
  most_whole_digits = std::max(most_whole_digits, other.most_whole_digits);
  most_fraction_digits = std::max(most_fraction_digits, other.most_fraction_digits);
  beyond_double |= other.beyond_double;
}

}  // namespace penstock
