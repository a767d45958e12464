#include "engine/missing_rows.h"

#include <gtest/gtest.h>

#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

using Ranges = std::vector<std::pair<std::size_t, std::size_t>>;

Block block_of(std::initializer_list<std::int64_t> offsets) {
  Block block = Block::make(testing::events_layout()).value();
  for (const std::int64_t offset : offsets) {
    block.writer(0).put_int(offset);
    block.end_row({.log = LogId(0), .offset = offset});
  }
  return block;
}

Ranges ranges_of(const MissingRows& missing) {
  Ranges ranges;
  for (const RowRange& range : missing.rows) ranges.emplace_back(range.first, range.end);
  return ranges;
}

TEST(MissingRows, AllNoneOrSomeOfABlock) {
  const Block block = block_of({10, 11, 12, 15, 16, 20});
  EXPECT_EQ(ranges_of(missing_rows(block, {})), (Ranges{{0, 6}}));
  EXPECT_EQ(ranges_of(missing_rows(block, {{.first = 10, .last = 20}})), Ranges{});
  EXPECT_EQ(ranges_of(missing_rows(block, {{.first = 11, .last = 12}, {.first = 16, .last = 16}})),
            (Ranges{{0, 1}, {3, 4}, {5, 6}}));
  EXPECT_EQ(ranges_of(missing_rows(block, {{.first = 1, .last = 9}, {.first = 21, .last = 30}})),
            (Ranges{{0, 6}}));
  EXPECT_TRUE(missing_rows(block_of({}), {}).rows.empty());
}

TEST(MissingRows, AMessageOfSeveralRowsIsWholeOrTorn) {
  const Block block = block_of({10, 10, 11, 11, 12, 12});
  const MissingRows missing = missing_rows(
      block, {{.first = 10, .last = 10, .rows = 2}, {.first = 11, .last = 11, .rows = 1}});
  EXPECT_EQ(ranges_of(missing), (Ranges{{4, 6}}));
  EXPECT_EQ(missing.torn, (std::vector<std::int64_t>{11}));
}

TEST(MissingRows, WhatIsThereTwiceIsNotMissing) {
  EXPECT_TRUE(missing_rows(block_of({10}), {{.first = 10, .last = 10, .rows = 2}}).rows.empty());
}

}  // namespace
}  // namespace penstock
