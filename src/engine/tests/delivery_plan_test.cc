#include "engine/delivery_plan.h"

#include <gtest/gtest.h>

#include <limits>

namespace penstock {
namespace {

TEST(DeliveryPlan, ComesBackFromItsNote) {
  for (const DeliveryPlan& plan :
       {DeliveryPlan{"19a2b", {}}, DeliveryPlan{"19a2b", {{0, 0, 1}}},
        DeliveryPlan{"19a2b", {{100, 199, 1'700'000'000'000}, {205, 301, 1'700'000'000'001}}}}) {
    const auto read = read_note(to_note(plan));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value(), plan) << to_note(plan);
  }
}

TEST(DeliveryPlan, FitsIntoWhatABrokerStores) {
  DeliveryPlan plan{.era = "7fffffffffffffff", .ranges = {}};
  constexpr std::int64_t kLarge = std::numeric_limits<std::int64_t>::max() - 100;
  for (std::size_t i = 0; i < kMostPlannedRanges; ++i) {
    const std::int64_t at = kLarge + 2 * static_cast<std::int64_t>(i);
    plan.ranges.push_back({at, at + 1, kLarge});
  }
  EXPECT_LT(to_note(plan).size(), 4000u);
  EXPECT_EQ(read_note(to_note(plan)).value(), plan);
}

TEST(DeliveryPlan, NotesOfOtherProgramsHoldNone) {
  for (const char* note : {"", "metadata", "{}", R"({"version":1})"}) {
    const auto read = read_note(note);
    ASSERT_TRUE(read.ok()) << note;
    EXPECT_FALSE(read.value()) << note;
  }
}

TEST(DeliveryPlan, APlanOfOursThatCannotBeReadIsAnErrorAndNeverIgnored) {
  const std::string whole = to_note({"19a2b", {{100, 199, 5}, {205, 301, 6}}});
  for (std::size_t length = 6; length < whole.size(); ++length) {
    const auto read = read_note(whole.substr(0, length));
    ASSERT_FALSE(read.ok()) << length;
    EXPECT_EQ(read.error().code, "engine.plan");
  }
  for (const char* note :
       {R"({"v":2,"era":"a","r":[]})", R"({"v":1,"era":"a","r":[[5,4,0]]})",
        R"({"v":1,"era":"a","r":[[1,4,0],[4,6,0]]})", R"({"v":1,"era":"a","r":[]} )"}) {
    EXPECT_FALSE(read_note(note).ok()) << note;
  }
}

TEST(DeliveryPlan, NamesARangeTheSameInEveryProcess) {
  EXPECT_EQ(delivery_name("events", 3, {100, 199, 5}, "19a2b"), "events:3:100-199@19a2b");
}

}  // namespace
}  // namespace penstock
