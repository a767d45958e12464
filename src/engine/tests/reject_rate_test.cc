#include "engine/reject_rate.h"

#include <gtest/gtest.h>

#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

using testing::LaneWorld;

std::vector<Reject> rejects_of(std::size_t count, std::string field = "n") {
  return std::vector<Reject>(
      count, Reject{.code = "decode.wrong_type", .field = field, .detail = "no " + field});
}

TEST(RejectRate, JudgesNothingBeforeAWholeWindow) {
  RejectRate rate({.share = 0.5, .window = 1000});
  rate.add(999, rejects_of(999));
  EXPECT_FALSE(rate.is_above_limit());
  rate.add(1, {});
  EXPECT_TRUE(rate.is_above_limit());
}

TEST(RejectRate, AllowsTheShareItselfAndForgetsOldRecords) {
  RejectRate rate({.share = 0.5, .window = 1000});
  for (int i = 0; i < 10; ++i) rate.add(100, rejects_of(50));
  EXPECT_FALSE(rate.is_above_limit());
  rate.add(100, rejects_of(51));
  EXPECT_TRUE(rate.is_above_limit());
  for (int i = 0; i < 10; ++i) rate.add(100, {});
  EXPECT_FALSE(rate.is_above_limit());
}

TEST(RejectRate, NeverStopsAtAShareOfOne) {
  RejectRate rate({.share = 1, .window = 10});
  rate.add(5000, rejects_of(5000));
  EXPECT_FALSE(rate.is_above_limit());
}

TEST(RejectRate, NamesWhatIsRejectedMost) {
  RejectRate rate({.share = 0.1, .window = 100});
  rate.add(50, rejects_of(20, "rare"));
  rate.add(25, rejects_of(15, "usual"));
  rate.add(25, rejects_of(15, "usual"));
  const Error error = rate.error();
  EXPECT_EQ(error.recovery, Recovery::stop);
  EXPECT_EQ(error.message,
            "50 of the last 100 records were rejected, max_rejected_share is 0.1; "
            "30 of them like this: no usual");
}

TEST(RejectRate, EndsALaneThatKeepsWhatItReadSoFar) {
  LaneWorld world(1, 20'000);
  for (std::int64_t offset = 5'000; offset < 20'000; ++offset) world.source.bad.insert(offset);
  world.options.reject_limit = {.share = 0.5, .window = 2'000};
  const Status outcome = world.run();
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, "engine.too_many_rejects");
  const std::int64_t committed = world.source.committed[LogId(0)];
  EXPECT_GT(committed, 6'000);
  EXPECT_LT(committed, 7'000);
  EXPECT_EQ(world.sink.stored().size(), 5'000u);
  EXPECT_EQ(world.sink.error_rows(), static_cast<std::size_t>(committed - 5'000));
}

}  // namespace
}  // namespace penstock
