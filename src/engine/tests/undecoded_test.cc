#include "engine/undecoded.h"

#include <gtest/gtest.h>

#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

using testing::FakeSource;
using testing::LaneWorld;

Error registry_away(Recovery recovery = Recovery::retry) {
  return {.fault = Fault::remote,
          .recovery = recovery,
          .code = "registry.unreachable",
          .message = "no answer"};
}

TEST(IngestLane, KeepsWhatItCannotDecodeYetAndGoesOnInOrder) {
  LaneWorld world(3, 2'000);
  world.decoder.fails_with = registry_away();
  world.decoder.failures_left = 2;
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 3, 2'000);
  EXPECT_GE(world.source.pauses, 1);
  EXPECT_EQ(world.said.front(), "no answer; trying again");
  EXPECT_EQ(world.said.back(), "registry works again");
  EXPECT_EQ(world.events.state(), PipeState::running);
}

TEST(IngestLane, StaysInTheGroupAndSaysWaitingWhileItCannotDecode) {
  LaneWorld world(2, 2'000);
  world.decoder.fails_with = registry_away();
  int polls = 0;
  world.source.on_poll = [&](FakeSource&) {
    if (++polls < 20) return;
    EXPECT_TRUE(polls > 20 || world.events.state() == PipeState::waiting);
    world.decoder.fails_with.reset();
  };
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 2, 2'000);
}

TEST(IngestLane, DropsWhatWaitsToBeDecodedWithALostLog) {
  LaneWorld world(2, 2'000);
  world.decoder.fails_with = registry_away();
  int polls = 0;
  world.source.on_poll = [&](FakeSource& source) {
    if (++polls == 5) source.lost = {LogId(0)};
    if (polls == 10) world.decoder.fails_with.reset();
  };
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(world.sink.stored().size(), 2'000u);
  EXPECT_FALSE(world.source.committed.contains(LogId(0)));
  EXPECT_EQ(world.source.committed[LogId(1)], 2'000);
}

TEST(IngestLane, HandsALogOverWithoutWaitingForItsSchemas) {
  LaneWorld world(2, 2'000);
  world.decoder.fails_with = registry_away();
  int polls = 0;
  world.source.on_poll = [&](FakeSource& source) {
    if (++polls == 5) source.leaving = {LogId(0)};
    if (polls == 10) {
      EXPECT_TRUE(source.released.contains(LogId(0)));
      world.decoder.fails_with.reset();
    }
  };
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(world.sink.stored().size(), 2'000u);
  EXPECT_FALSE(world.source.committed.contains(LogId(0)));
  EXPECT_FALSE(world.source.late_commit);
}

TEST(IngestLane, StopsWithoutWhatItCannotDecode) {
  LaneWorld world(1, 2'000);
  world.options.until_caught_up = false;
  world.decoder.fails_with = registry_away();
  std::stop_source stop;
  int polls = 0;
  world.source.on_poll = [&](FakeSource&) {
    if (++polls == 5) stop.request_stop();
  };
  ASSERT_TRUE(world.run(stop.get_token()).ok());
  EXPECT_TRUE(world.sink.stored().empty());
  EXPECT_TRUE(world.source.committed.empty());
}

TEST(IngestLane, KeepsThePositionWhenAPersonHasToActForTheDecoder) {
  LaneWorld world(1, 2'000);
  world.decoder.fails_with = registry_away(Recovery::stop);
  const Status outcome = world.run();
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, "registry.unreachable");
  EXPECT_TRUE(world.source.committed.empty());
}

TEST(Undecoded, WaitsAsLongAsTheFarSideAsks) {
  Undecoded undecoded;
  const auto now = Undecoded::Clock::now();
  Error error = registry_away();
  error.wait = std::chrono::seconds(30);
  undecoded.put_off(error, now);
  EXPECT_FALSE(undecoded.may_try(now + std::chrono::seconds(29)));
  EXPECT_TRUE(undecoded.may_try(now + std::chrono::seconds(30)));
  EXPECT_EQ(undecoded.take_reason(), "registry.unreachable");
  EXPECT_EQ(undecoded.take_reason(), "");
}

}  // namespace
}  // namespace penstock
