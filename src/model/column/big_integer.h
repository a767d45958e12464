#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "model/column/wide_integer.h"

namespace penstock {

/// A whole number of 320 bits, two's complement: wide enough for any value of 256 bits,
/// signed or not, times ten, and for any of 64 bits times 10^76. What goes beyond wraps.
class BigInteger {
 public:
  static constexpr std::size_t kWords = 5;

  constexpr BigInteger() = default;
  template <class T>
  requires std::is_integral_v<T>
  constexpr BigInteger(T value) {  // NOLINT(google-explicit-constructor): a number is a number
    const bool is_negative = std::is_signed_v<T> && value < T{0};
    words_.fill(is_negative ? ~std::uint64_t{0} : 0);
    words_[0] = static_cast<std::uint64_t>(value);
  }

  constexpr bool is_negative() const { return words_[kWords - 1] >> 63 != 0; }
  /// The lowest `count` words, the lowest first.
  template <std::size_t count>
  constexpr std::array<std::uint64_t, count> low() const {
    std::array<std::uint64_t, count> out{};
    for (std::size_t at = 0; at < count; ++at) out[at] = words_[at];
    return out;
  }

  constexpr BigInteger operator-() const {
    BigInteger out;
    UInt128 carry = 1;
    for (std::size_t at = 0; at < kWords; ++at) {
      carry += ~words_[at];
      out.words_[at] = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
    return out;
  }
  constexpr BigInteger& operator+=(const BigInteger& other) {
    UInt128 carry = 0;
    for (std::size_t at = 0; at < kWords; ++at) {
      carry += static_cast<UInt128>(words_[at]) + other.words_[at];
      words_[at] = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
    return *this;
  }
  constexpr BigInteger operator*(const BigInteger& other) const {
    BigInteger out;
    for (std::size_t right = 0; right < kWords; ++right) {
      UInt128 carry = 0;
      for (std::size_t left = 0; left + right < kWords; ++left) {
        std::uint64_t& word = out.words_[left + right];
        carry += static_cast<UInt128>(words_[left]) * other.words_[right] + word;
        word = static_cast<std::uint64_t>(carry);
        carry >>= 64;
      }
    }
    return out;
  }
  constexpr BigInteger& operator*=(const BigInteger& other) { return *this = *this * other; }
  /// Times 2^bits.
  constexpr BigInteger shifted(unsigned bits) const {
    BigInteger out = *this;
    for (; bits >= 32; bits -= 32) out *= BigInteger(std::uint64_t{1} << 32);
    return out * BigInteger(std::uint64_t{1} << bits);
  }

  constexpr bool operator==(const BigInteger&) const = default;
  constexpr std::strong_ordering operator<=>(const BigInteger& other) const {
    if (is_negative() != other.is_negative()) return other.is_negative() <=> is_negative();
    for (std::size_t at = kWords; at-- > 0;) {
      if (words_[at] != other.words_[at]) return words_[at] <=> other.words_[at];
    }
    return std::strong_ordering::equal;
  }

 private:
  std::array<std::uint64_t, kWords> words_{};
};

}  // namespace penstock
