#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

#include "model/column/swar.h"

namespace penstock {

/// The number unscaled x 10^-scale, as "-12.50" spells it: -1250 and 2.
struct PlainDecimal {
  std::int64_t unscaled = 0;
  int scale = 0;
};

/// Reads a number of at most 16 characters, point included, after an optional '-':
/// digits with a point before, among or after them. False for all other texts, also
/// for numbers that are longer or spelt otherwise.
inline bool read_plain_decimal(std::string_view text, PlainDecimal& number) {
  const bool negative = text.starts_with('-');
  text.remove_prefix(negative ? 1 : 0);
  const std::size_t size = text.size();
  if (size - 1 > 15) return false;
  const char* const at = text.data();
  // The text's end in the last byte of `back`, zero digits before its first.
  const auto front_aligned = [](const char* from, std::size_t count) {
    const auto blank = 64 - 8 * static_cast<unsigned>(count);
    return (swar::load_short(from, count) ^ swar::kZeros >> blank) << blank;
  };
  std::uint64_t front = 0;
  std::uint64_t back = 0;
  if (size > 8) {
    front = front_aligned(at, size - 8);
    back = swar::load(at + size - 8) ^ swar::kZeros;
  } else {
    back = front_aligned(at, size);
  }
  // Takes the point out of its word: the digits before it move up by one.
  constexpr char kPoint = '.' ^ '0';
  const auto close_up = [](std::uint64_t word, std::uint64_t point) {
    const std::uint64_t before = (point >> 7) - 1;
    return (word & before) << 8 | (word & ~(before << 8 | 0xFF));
  };
  number.scale = 0;
  if (const std::uint64_t point = swar::find(back, kPoint); point != 0) {
    const std::uint64_t last = std::bit_floor(point);
    number.scale = std::countl_zero(point) / 8;
    back = close_up(back, last) | front >> 56;
    front <<= 8;
    if (size == 1) return false;
  } else if (front != 0) {
    if (const std::uint64_t early = swar::find(front, kPoint); early != 0) {
      number.scale = 8 + std::countl_zero(early) / 8;
      front = close_up(front, std::bit_floor(early));
    }
  }
  if (!swar::are_digits(front) || !swar::are_digits(back)) return false;
  const auto value = std::int64_t{swar::number_of(back)} +
                     (front == 0 ? 0 : std::int64_t{swar::number_of(front)} * 100'000'000);
  number.unscaled = negative ? -value : value;
  return true;
}

}  // namespace penstock
