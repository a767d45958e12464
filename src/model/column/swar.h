#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// Eight characters of a text at a time, in one word: no branch per character. The
/// first character is in the lowest byte, as a little-endian machine loads it. No
/// function reads outside the text it is given.
namespace penstock::swar {

static_assert(std::endian::native == std::endian::little, "words hold the first byte lowest");

constexpr std::uint64_t kZeros = 0x3030303030303030;  // "00000000"

constexpr std::uint64_t word(const char (&text)[9]) {
  std::uint64_t all = 0;
  for (int i = 7; i >= 0; --i) all = all << 8 | static_cast<unsigned char>(text[i]);
  return all;
}

template <class Word = std::uint64_t>
Word load(const char* at) {
  Word loaded;
  std::memcpy(&loaded, at, sizeof(loaded));
  return loaded;
}

/// `size` characters, 1 to 8, with zero bytes after them.
inline std::uint64_t load_short(const char* at, std::size_t size) {
  if (size >= 4) {
    const std::uint64_t last = load<std::uint32_t>(at + size - 4);
    return load<std::uint32_t>(at) | last << (8 * (size - 4));
  }
  const auto byte = [at](std::size_t i) {
    return std::uint64_t{static_cast<unsigned char>(at[i])};
  };
  return byte(0) | byte(size / 2) << (8 * (size / 2)) | byte(size - 1) << (8 * (size - 1));
}

/// The highest bit of every byte that is `wanted`, and no other bit.
constexpr std::uint64_t find(std::uint64_t bytes, char wanted) {
  constexpr std::uint64_t kLowBits = 0x7F7F7F7F7F7F7F7F;
  const std::uint64_t other = bytes ^ (0x0101010101010101 * static_cast<unsigned char>(wanted));
  return ~(((other & kLowBits) + kLowBits) | other | kLowBits);
}

/// Whether no byte is above the byte at its place in `limits`, all below 128.
constexpr bool is_within(std::uint64_t bytes, std::uint64_t limits) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  return (((bytes + (~kHighBits - limits)) | bytes) & kHighBits) == 0;
}

/// Whether all are 0 to 9: for characters less kZeros.
constexpr bool are_digits(std::uint64_t bytes) { return is_within(bytes, 0x0909090909090909); }

/// In byte i ten times byte i plus byte i + 1, where both are digits.
constexpr std::uint64_t pairs(std::uint64_t digits) { return digits * 10 + (digits >> 8); }

/// The number that eight digits, 0 to 9 each, spell.
constexpr std::uint32_t number_of(std::uint64_t digits) {
  constexpr std::uint64_t kEvenPairs = 0x000000FF000000FF;
  constexpr std::uint64_t kFirstAndThird = 100 + (std::uint64_t{1'000'000} << 32);
  constexpr std::uint64_t kSecondAndFourth = 1 + (std::uint64_t{10'000} << 32);
  const std::uint64_t twos = pairs(digits);
  return static_cast<std::uint32_t>(
      ((twos & kEvenPairs) * kFirstAndThird + (twos >> 16 & kEvenPairs) * kSecondAndFourth) >> 32);
}

}  // namespace penstock::swar
