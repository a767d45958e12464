#include "engine/block_growth.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

using namespace std::chrono_literals;

constexpr SealPolicy kSteady{.rows = 100, .bytes = 1000, .age = 5s};
constexpr SealPolicy kLargest{.rows = 1000, .bytes = 4000, .age = 1ms};

TEST(BlockGrowth, KeepsTheSteadySizeWhileTheLaneKeepsUp) {
  const BlockGrowth growth(kSteady, kLargest);
  for (const std::int64_t lag : {-1, 0, 1, 100}) {
    EXPECT_EQ(growth.limits(lag).rows, 100u) << lag;
    EXPECT_EQ(growth.limits(lag).bytes, 1000u) << lag;
  }
}

TEST(BlockGrowth, GrowsWithTheLagUpToTheLargest) {
  const BlockGrowth growth(kSteady, kLargest);
  EXPECT_EQ(growth.limits(200).rows, 200u);
  EXPECT_EQ(growth.limits(200).bytes, 2000u);
  EXPECT_EQ(growth.limits(700).rows, 700u);
  EXPECT_EQ(growth.limits(700).bytes, 4000u);
  EXPECT_EQ(growth.limits(INT64_MAX).rows, 1000u);
  EXPECT_EQ(growth.limits(INT64_MAX).bytes, 4000u);
}

TEST(BlockGrowth, NeverWaitsLongerThanTheSteadyAge) {
  EXPECT_EQ(BlockGrowth(kSteady, kLargest).limits(10'000).age, 5s);
}

TEST(BlockGrowth, GrowsNotAtAllWhenTheLargestIsNotLarger) {
  const BlockGrowth growth(kSteady, {.rows = 10, .bytes = 10});
  EXPECT_EQ(growth.limits(INT64_MAX).rows, 100u);
  EXPECT_EQ(growth.limits(INT64_MAX).bytes, 1000u);
}

// As a lane drains a backlog: it fills blocks from what is left until nothing is.
TEST(BlockGrowth, TakesHalfOfABacklogAndShrinksAsItEnds) {
  const BlockGrowth growth(kSteady, kLargest);
  std::vector<std::size_t> blocks;
  std::size_t open = 0;
  for (std::int64_t lag = 1600; lag > 0;) {
    --lag;
    if (++open < growth.limits(lag).rows && lag > 0) continue;
    blocks.push_back(open);
    open = 0;
  }
  EXPECT_EQ(blocks, (std::vector<std::size_t>{800, 400, 200, 100, 100}));
}

}  // namespace
}  // namespace penstock
