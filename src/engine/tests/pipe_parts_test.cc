#include "engine/pipe_parts.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

constexpr std::size_t kMiB = 1u << 20;

TEST(SealRange, GrowsToAMillionRowsWithinTheMemory) {
  const SealRange range = seal_range({.insert_threads = 2}, 192 * kMiB);
  EXPECT_EQ(range.steady.rows, 100'000u);
  EXPECT_EQ(range.steady.bytes, 32 * kMiB);
  EXPECT_EQ(range.largest.rows, 1'000'000u);
  EXPECT_EQ(range.largest.bytes, 48 * kMiB) << "one filled, two inserted, one to spare";
}

TEST(SealRange, KeepsToTheSizesADocumentGives) {
  const SealRange range =
      seal_range({.max_insert_rows = 500, .max_insert_bytes = 100 * kMiB}, 192 * kMiB);
  EXPECT_EQ(range.steady.rows, 500u);
  EXPECT_EQ(range.largest.rows, 500u);
  EXPECT_EQ(range.steady.bytes, 100 * kMiB);
  EXPECT_EQ(range.largest.bytes, 100 * kMiB);
}

TEST(SealRange, ShrinksBlocksToALittleMemory) {
  const SealRange range = seal_range({.insert_threads = 2}, 12 * kMiB);
  EXPECT_EQ(range.steady.bytes, 3 * kMiB);
  EXPECT_EQ(range.largest.bytes, 3 * kMiB);
}

}  // namespace
}  // namespace penstock
