#include "engine/data_loss.h"

#include <gtest/gtest.h>

#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;
using testing::LaneWorld;

LostOffsets lost(int partition, std::int64_t first, std::int64_t last, bool passed) {
  return {.log = LogId(partition),
          .topic = "orders",
          .partition = partition,
          .first = first,
          .last = last,
          .passed = passed};
}

TEST(DataLoss, IsSaidAndCountedAndNoReasonToEndWhereTheSourceGoesOn) {
  LaneWorld world;
  DataLoss loss(world.events, world.progress);
  loss.add({lost(3, 100, 149, true), lost(4, 7, 7, true)}, {});
  EXPECT_FALSE(loss.stands());
  EXPECT_FALSE(loss.must_end(Clock::time_point() + 1h));
  EXPECT_EQ(world.progress.lost_offsets, 51u);
  ASSERT_EQ(world.said.size(), 2u);
  EXPECT_EQ(world.said[0],
            "records were gone before they were read: orders/3 lacks 50 offsets, 100 to 149; going "
            "on behind them");
}

TEST(DataLoss, EndsSoonWithOneErrorForAllThatStands) {
  LaneWorld world;
  DataLoss loss(world.events, world.progress);
  const Clock::time_point now{};
  loss.add({lost(3, 100, 149, false)}, now);
  EXPECT_FALSE(loss.must_end(now + 300ms));
  loss.add({lost(4, 7, 7, false)}, now + 300ms);
  EXPECT_TRUE(loss.must_end(now + 1s));
  EXPECT_EQ(loss.error().code, "kafka.data_loss");
  EXPECT_EQ(loss.error().recovery, Recovery::stop);
  EXPECT_EQ(loss.error().message,
            "records were gone before they were read: orders/3 lacks 50 offsets, 100 to 149; "
            "orders/4 lacks 1 offset, 7 to 7");
}

TEST(DataLoss, EndsALaneThatDeliversWhatItReadBeforeAndCommitsNothingBehind) {
  for (const Sharing sharing : {Sharing::one_for_all, Sharing::one_per_log}) {
    LaneWorld world(1, 20'000);
    world.sharing = sharing;
    world.options.until_caught_up = false;
    world.source.on_poll = [polls = 0](testing::FakeSource& source) mutable {
      if (++polls == 20) source.lose_rest = true;
    };
    const Status outcome = world.run();
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, "kafka.data_loss");
    const auto stored = world.sink.stored();
    EXPECT_GT(stored.size(), 500u);
    EXPECT_EQ(world.source.committed[LogId(0)], static_cast<std::int64_t>(stored.size()));
    EXPECT_EQ(world.progress.lost_offsets, 20'000u - stored.size());
  }
}

}  // namespace
}  // namespace penstock
