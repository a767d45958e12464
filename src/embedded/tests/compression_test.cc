#include "embedded/compression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace penstock::embedded {
namespace {

std::string sample() {
  std::string text;
  for (int line = 0; line < 100'000; ++line) text += std::to_string(line * 7919) + "\n";
  return text;
}

std::string pack(const std::string& encoding, std::string_view plain, std::size_t piece) {
  const auto encoder = make_encoder(encoding);
  std::string packed;
  for (; !plain.empty(); plain.remove_prefix(std::min(piece, plain.size()))) {
    packed += encoder->write(plain.substr(0, piece));
  }
  return packed + encoder->finish();
}

/// Empty when the data is refused.
std::string unpack(const std::string& encoding, std::string_view packed, std::size_t piece) {
  const auto decoder = make_decoder(encoding);
  std::string plain;
  for (; !packed.empty(); packed.remove_prefix(std::min(piece, packed.size()))) {
    const Status status = decoder->write(packed.substr(0, piece),
                                         [&plain](std::string_view bytes) { plain += bytes; });
    if (!status.ok()) return {};
  }
  return decoder->finish().ok() ? plain : std::string();
}

class Encodings : public testing::TestWithParam<std::string> {};

TEST_P(Encodings, GiveBackWhatWentInWhateverThePieces) {
  const std::string text = sample();
  for (const std::size_t piece : {std::size_t{1} << 20, std::size_t{4099}}) {
    const std::string packed = pack(GetParam(), text, piece);
    EXPECT_LT(packed.size(), text.size());
    EXPECT_EQ(unpack(GetParam(), packed, piece), text);
  }
  EXPECT_EQ(unpack(GetParam(), pack(GetParam(), text, 50'000), 1), text);
}

TEST_P(Encodings, SendNothingLate) {
  const auto encoder = make_encoder(GetParam());
  const auto decoder = make_decoder(GetParam());
  std::string plain;
  ASSERT_TRUE(
      decoder->write(encoder->write("one row\n"), [&](std::string_view b) { plain += b; }).ok());
  EXPECT_EQ(plain, "one row\n");
}

TEST_P(Encodings, RefuseACutOrSpoiltBody) {
  std::string packed = pack(GetParam(), sample(), 1 << 20);
  EXPECT_EQ(unpack(GetParam(), std::string_view(packed).substr(0, packed.size() / 2), 4096), "");
  EXPECT_EQ(unpack(GetParam(), "this is not compressed at all", 4096), "");
}

TEST_P(Encodings, TakeBodiesThatFollowEachOther) {
  const std::string packed = pack(GetParam(), "a", 1) + pack(GetParam(), "b", 1);
  EXPECT_EQ(unpack(GetParam(), packed, 1000), "ab");
}

INSTANTIATE_TEST_SUITE_P(All, Encodings, testing::Values("gzip", "deflate", "lz4", "zstd"),
                         [](const auto& encoding) { return encoding.param; });

TEST(ChooseEncoding, ReadsAcceptEncoding) {
  EXPECT_EQ(choose_encoding("gzip, deflate"), "gzip");
  EXPECT_EQ(choose_encoding("lz4,zstd,br,gzip"), "zstd");
  EXPECT_EQ(choose_encoding("zstd;q=0, lz4;q=0.5"), "lz4");
  EXPECT_EQ(choose_encoding("br, identity"), "");
  EXPECT_EQ(choose_encoding(""), "");
  EXPECT_EQ(make_decoder("br"), nullptr);
}

}  // namespace
}  // namespace penstock::embedded
