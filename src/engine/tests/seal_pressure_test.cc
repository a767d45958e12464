#include "engine/seal_pressure.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

using namespace std::chrono_literals;

constexpr SealPolicy kUsual{.rows = 100'000, .bytes = 32u << 20, .age = 5s};
constexpr SealPolicy kLargest{.rows = 1'000'000, .bytes = 48u << 20, .age = 5s};

/// Minutes and seconds from some beginning.
SealPressure::Clock::time_point at(std::chrono::seconds after) {
  return SealPressure::Clock::time_point{} + 1h + after;
}

TEST(SealPressure, LeavesBlocksAloneWhileAllIsWell) {
  SealPressure pressure;
  EXPECT_FALSE(pressure.relax(at(0s)));
  const SealPolicy limits = pressure.limits(kUsual, kLargest);
  EXPECT_EQ(limits.rows, kUsual.rows);
  EXPECT_EQ(limits.bytes, kUsual.bytes);
  EXPECT_EQ(limits.age, kUsual.age);
}

TEST(SealPressure, TooManyPartsMakeBlocksLargerAndRarerStepByStep) {
  SealPressure pressure;
  EXPECT_EQ(
      pressure.too_many_parts(at(0s)),
      "the table has too many parts: blocks may be 2 times as large as usual and wait 2 times "
      "as long");
  EXPECT_EQ(pressure.limits(kUsual, kLargest).rows, 200'000U);
  EXPECT_EQ(pressure.limits(kUsual, kLargest).bytes, 48U << 20) << "the memory there is";
  EXPECT_EQ(pressure.limits(kUsual, kLargest).age, 10s);
  EXPECT_FALSE(pressure.too_many_parts(at(1s))) << "the insert beside it met the same";
  for (int step = 1; step < 10; ++step) (void)pressure.too_many_parts(at(step * 10s));
  EXPECT_EQ(pressure.limits(kUsual, kLargest).rows, 1'000'000U);
  EXPECT_EQ(pressure.limits(kUsual, kLargest).age, 60s);
}

TEST(SealPressure, ASizeTheDocumentGivesIsKeptTo) {
  SealPressure pressure;
  (void)pressure.too_many_parts(at(0s));
  EXPECT_EQ(pressure.limits(kUsual, kUsual).rows, kUsual.rows);
  EXPECT_EQ(pressure.limits({.rows = 10, .bytes = 10, .age = 90s}, {}).age, 90s);
}

TEST(SealPressure, ShortMemoryMakesBlocksSmallerButNotTiny) {
  SealPressure pressure;
  EXPECT_EQ(pressure.short_of_memory(at(0s)),
            "memory is short: blocks are 2 times smaller than usual");
  EXPECT_EQ(pressure.limits(kUsual, kLargest).rows, 50'000U);
  EXPECT_EQ(pressure.limits(kUsual, kLargest).age, 5s);
  for (int step = 1; step < 10; ++step) (void)pressure.short_of_memory(at(step * 10s));
  EXPECT_EQ(pressure.limits(kUsual, kLargest).rows, 100'000U / 16);
  EXPECT_EQ(pressure.limits({.rows = 5000, .bytes = 100, .age = 5s}, kLargest).rows, 1000U);
  EXPECT_EQ(pressure.limits({.rows = 500, .bytes = 100, .age = 5s}, kLargest).rows, 500U);
}

TEST(SealPressure, MemoryGoesBeforeParts) {
  SealPressure pressure;
  (void)pressure.short_of_memory(at(0s));
  EXPECT_FALSE(pressure.too_many_parts(at(10s)));
  EXPECT_EQ(pressure.limits(kUsual, kLargest).rows, 50'000U);
}

TEST(SealPressure, EachQuietTimeTakesOneStepBackAndSaysSoOnce) {
  SealPressure pressure;
  (void)pressure.too_many_parts(at(0s));
  (void)pressure.too_many_parts(at(10s));
  EXPECT_FALSE(pressure.relax(at(69s)));
  EXPECT_EQ(pressure.relax(at(70s)),
            "blocks may be 2 times as large as usual and wait 2 times as long");
  EXPECT_FALSE(pressure.relax(at(71s)));
  EXPECT_EQ(pressure.relax(at(130s)), "blocks have their usual size again");
  EXPECT_FALSE(pressure.relax(at(1000s)));
  EXPECT_EQ(pressure.limits(kUsual, kLargest).rows, kUsual.rows);
}

TEST(SealPressure, AStepBackThatWasTooEarlyIsTakenLaterTheNextTime) {
  SealPressure pressure;
  (void)pressure.short_of_memory(at(0s));
  EXPECT_TRUE(pressure.relax(at(60s)));
  EXPECT_TRUE(pressure.short_of_memory(at(65s)));
  EXPECT_FALSE(pressure.relax(at(65s + 119s)));
  EXPECT_TRUE(pressure.relax(at(65s + 120s)));
  EXPECT_TRUE(pressure.short_of_memory(at(3600s))) << "long after: as at first";
  EXPECT_TRUE(pressure.relax(at(3660s)));
}

}  // namespace
}  // namespace penstock
