#include "engine/block_part.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <limits>

#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

constexpr std::int64_t kFarAway = std::numeric_limits<std::int64_t>::max();

Sealed<Block> sealed_of(const std::vector<RowOrigin>& origins, std::optional<SourceRange> range) {
  Sealed<Block> sealed{.payload = Block::make(testing::events_layout()).value(),
                       .tickets = {},
                       .delivery_id = "name",
                       .range = std::move(range)};
  for (const RowOrigin& origin : origins) {
    sealed.payload.writer(0).put_int(origin.offset);
    sealed.payload.end_row(origin);
  }
  return sealed;
}

Sealed<Block> range_of(std::int64_t first, std::int64_t last,
                       const std::vector<std::int64_t>& offsets) {
  std::vector<RowOrigin> origins;
  for (const std::int64_t offset : offsets) origins.push_back({LogId{0}, offset});
  return sealed_of(origins,
                   SourceRange{.topic = "t", .partition = 0, .first = first, .last = last});
}

/// "first-last:rows first-last:rows", or "" of one message.
std::string halves(const Sealed<Block>& sealed) {
  const auto two = halves_of(sealed, whole_of(sealed));
  if (!two) return "";
  const auto [left, right] = *two;
  EXPECT_EQ(left.rows.end, right.rows.first);
  return fmt::format("{}-{}:{} {}-{}:{}", left.first, left.last, left.rows.size(), right.first,
                     right.last, right.rows.size());
}

TEST(BlockPart, ARangeIsCutAlikeWhicheverOfItsRecordsAreLeft) {
  EXPECT_EQ(halves(range_of(10, 19, {10, 11, 12, 13, 14, 15, 16, 17, 18, 19})), "10-14:5 15-19:5");
  EXPECT_EQ(halves(range_of(10, 19, {14, 15, 16, 17, 18, 19})), "10-14:1 15-19:5");
  EXPECT_EQ(halves(range_of(10, 19, {10, 19})), "10-14:1 15-19:1");
}

TEST(BlockPart, AHalfWithoutRowsIsPassedOver) {
  EXPECT_EQ(halves(range_of(10, 19, {16, 17, 18})), "15-17:2 18-19:1");
  EXPECT_EQ(halves(range_of(0, kFarAway, {4, 5})), "4-4:1 5-5:1");
  EXPECT_EQ(halves(range_of(0, kFarAway, {kFarAway})), "");
}

TEST(BlockPart, TheRowsOfOneMessageStayTogether) {
  EXPECT_EQ(halves(range_of(10, 19, {10, 10, 11, 11, 11})), "10-10:2 11-11:3");
  EXPECT_EQ(halves(range_of(10, 19, {12, 12, 12})), "");
  const RowOrigin one{LogId{0}, 7};
  const RowOrigin other{LogId{1}, 7};
  EXPECT_EQ(halves(sealed_of({one, one, one, one, other}, {})), "0-2:4 3-4:1");
  EXPECT_EQ(halves(sealed_of({one, one}, {})), "");
}

TEST(BlockPart, ABlockOfManyLogsIsCutInTheMiddle) {
  EXPECT_EQ(halves(sealed_of({{LogId{0}, 70}, {LogId{1}, 3}, {LogId{1}, 4}, {LogId{0}, 71}}, {})),
            "0-1:2 2-3:2");
}

}  // namespace
}  // namespace penstock
