#include "model/column/swar.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace penstock {
namespace {

TEST(Swar, ReadsEightDigits) {
  EXPECT_EQ(swar::number_of(swar::word("12345678") ^ swar::kZeros), 12345678u);
  EXPECT_EQ(swar::number_of(swar::word("00000001") ^ swar::kZeros), 1u);
  EXPECT_EQ(swar::number_of(swar::word("99999999") ^ swar::kZeros), 99999999u);
}

TEST(Swar, FindsEveryPlaceOfACharacterAndNoOther) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 100'000; ++i) {
    char bytes[8];
    // Few values near the one looked for: neighbours are where borrowing would show.
    for (char& byte : bytes) byte = "./-\xAE.\x00\xFF\x2E"[random() % 8];
    std::uint64_t expected = 0;
    for (int at = 0; at < 8; ++at) {
      if (bytes[at] == '.') expected |= std::uint64_t{0x80} << (8 * at);
    }
    ASSERT_EQ(swar::find(swar::load(bytes), '.'), expected);
  }
}

TEST(Swar, ComparesEveryByteWithItsOwnLimit) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200'000; ++i) {
    std::uint64_t bytes = 0;
    std::uint64_t limits = 0;
    bool expected = true;
    for (int at = 0; at < 8; ++at) {
      const std::uint64_t limit = random() % 10;
      const std::uint64_t byte = random() % 8 == 0 ? random() % 256 : random() % (limit + 2);
      bytes |= byte << (8 * at);
      limits |= limit << (8 * at);
      expected = expected && byte <= limit;
    }
    ASSERT_EQ(swar::is_within(bytes, limits), expected);
  }
}

TEST(Swar, LoadsShortTextsWithZerosAfterThem) {
  for (std::size_t size = 1; size <= 8; ++size) {
    // On the heap in its exact size, so that a checker sees a byte too many.
    const std::string text = std::string("abcdefgh").substr(0, size);
    const std::vector<char> exact(text.begin(), text.end());
    char padded[9] = {};
    text.copy(padded, size);
    EXPECT_EQ(swar::load_short(exact.data(), size), swar::load(padded)) << size;
  }
}

}  // namespace
}  // namespace penstock
