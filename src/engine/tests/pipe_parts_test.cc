#include "engine/pipe_parts.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

constexpr std::size_t kMiB = 1u << 20;

TEST(SealRange, GrowsToAMillionRowsWithinTheMemory) {
  const SealRange range = seal_range({.insert_threads = 2}, 192 * kMiB, 1);
  EXPECT_EQ(range.steady.rows, 100'000u);
  EXPECT_EQ(range.steady.bytes, 32 * kMiB);
  EXPECT_EQ(range.largest.rows, 1'000'000u);
  EXPECT_EQ(range.largest.bytes, 48 * kMiB) << "one filled, two inserted, one to spare";
}

TEST(SealRange, KeepsToTheSizesADocumentGives) {
  const SealRange range =
      seal_range({.max_insert_rows = 500, .max_insert_bytes = 100 * kMiB}, 192 * kMiB, 1);
  EXPECT_EQ(range.steady.rows, 500u);
  EXPECT_EQ(range.largest.rows, 500u);
  EXPECT_EQ(range.steady.bytes, 100 * kMiB);
  EXPECT_EQ(range.largest.bytes, 100 * kMiB);
}

TEST(SealRange, ShrinksBlocksToALittleMemory) {
  const SealRange range = seal_range({.insert_threads = 2}, 12 * kMiB, 1);
  EXPECT_EQ(range.steady.bytes, 3 * kMiB);
  EXPECT_EQ(range.largest.bytes, 3 * kMiB);
}

TEST(SealRange, DividesTheMemoryAmongLanes) {
  EXPECT_EQ(seal_range({.insert_threads = 2}, 200 * kMiB, 2).largest.bytes, 40 * kMiB);
  EXPECT_EQ(seal_range({.insert_threads = 2}, 200 * kMiB, 7).steady.bytes, 20 * kMiB);
}

TEST(CountLanes, LeavesACoreFreeUnlessTheDocumentSaysOtherwise) {
  EXPECT_EQ(count_lanes({}, 8, 0), 1u) << "cores unknown";
  EXPECT_EQ(count_lanes({}, 8, 1), 1u);
  EXPECT_EQ(count_lanes({}, 8, 2), 1u);
  EXPECT_EQ(count_lanes({}, 8, 4), 3u);
  EXPECT_EQ(count_lanes({.lanes = 2}, 8, 2), 2u);
}

TEST(CountLanes, GivesEachLaneAPartitionAndMemory) {
  EXPECT_EQ(count_lanes({.lanes = 5}, 3, 8), 3u);
  EXPECT_EQ(count_lanes({}, 0, 8), 1u);
  EXPECT_EQ(count_lanes({.memory_limit_bytes = 128 * kMiB}, 8, 16), 2u);
  EXPECT_EQ(count_lanes({.memory_limit_bytes = 16 * kMiB}, 8, 16), 1u);
}

}  // namespace
}  // namespace penstock
