#include "engine/ingest_lane.h"

#include <gtest/gtest.h>

#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;
using testing::FakeSource;
using testing::LaneWorld;

TEST(IngestLane, DeliversEveryRecordAndCommitsTheEndOfEachLog) {
  LaneWorld world;
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 3, 20'000);
  for (int log = 0; log < 3; ++log) EXPECT_EQ(world.source.committed[LogId(log)], 20'000);
  EXPECT_EQ(world.budget->used(), 0u) << "all memory is given back";
  EXPECT_EQ(world.progress.rows.load(), 60'000u);
}

TEST(IngestLane, PausesTheSourceWhileTheBudgetIsFull) {
  LaneWorld world;
  world.options.seal.rows = 100'000;
  ASSERT_TRUE(world.run().ok());
  EXPECT_GT(world.source.pauses, 1);
  expect_each_once(world, 3, 20'000);
  EXPECT_EQ(
      std::ranges::count(world.said, "memory is short: blocks are 2 times smaller than usual"), 1)
      << "the open block alone fills the budget";
}

TEST(IngestLane, GrowsBlocksWhileItIsBehindAndShrinksThemAgain) {
  LaneWorld world(1, 60'000);
  world.budget_limit = 64u << 20;
  world.options.seal = {.rows = 1500, .bytes = 1u << 20, .age = 5s};
  world.options.largest = {.rows = 20'000, .bytes = 16u << 20};
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 1, 60'000);
  std::vector<std::size_t> sizes;
  for (const auto& [id, rows] : world.sink.rows_by_delivery) sizes.push_back(rows.size());
  std::sort(sizes.begin(), sizes.end());
  EXPECT_EQ(sizes.back(), 20'000u);
  EXPECT_LE(sizes.front(), 1500u);
  EXPECT_LT(sizes.size(), 12u);
}

TEST(IngestLane, RepeatsUnderTheSameNameWhenAnAnswerIsLost) {
  LaneWorld world(3, 5'000);
  world.sink.trouble = 20;
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 3, 5'000);
  EXPECT_GT(world.progress.retries.load(), 0u);
  EXPECT_FALSE(world.source.moved_back);
}

TEST(IngestLane, SetsBadRecordsAsideAndGoesOn) {
  LaneWorld world;
  world.source.bad = {7, 8, 4711};
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 3, 20'000, {7, 8, 4711});
  EXPECT_EQ(world.sink.error_rows(), 9u);
  EXPECT_EQ(world.progress.rejects.load(), 9u);
  EXPECT_EQ(world.source.committed[LogId(0)], 20'000);
}

TEST(IngestLane, CommitsPastALogOfNothingButBadRecords) {
  LaneWorld world(1, 300);
  for (std::int64_t i = 0; i < 300; ++i) world.source.bad.insert(i);
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(world.sink.error_rows(), 300u);
  EXPECT_EQ(world.source.committed[LogId(0)], 300);
}

TEST(IngestLane, HalvesABlockDownToTheRefusedRowsAndReadsThemAgain) {
  LaneWorld world(2, 6'000);
  world.sink.refused = {5, 6, 1'003'000};
  ASSERT_TRUE(world.run().ok());
  const auto stored = world.sink.stored();
  EXPECT_EQ(stored.size(), 12'000u - 3);
  for (const std::int64_t number : world.sink.refused) EXPECT_EQ(stored.count(number), 0u);
  EXPECT_EQ(world.sink.error_rows(), 3u);
  EXPECT_EQ(world.progress.rejects.load(), 3u);
  EXPECT_EQ(world.source.committed[LogId(0)], 6'000);
  EXPECT_EQ(world.source.committed[LogId(1)], 6'000);
}

TEST(IngestLane, RefusesTheRowsOfOneMessageTogether) {
  LaneWorld world(2, 1'000);
  world.decoder.rows_per_record = 3;
  world.sink.refused = {5, 6, 1'000'300};
  ASSERT_TRUE(world.run().ok());
  const auto stored = world.sink.stored();
  EXPECT_EQ(stored.size(), 3 * (2'000u - 3));
  for (const std::int64_t number : world.sink.refused) EXPECT_EQ(stored.count(number), 0u);
  for (const auto& [id, rows] : world.sink.rows_by_delivery) {
    EXPECT_EQ(rows.size() % 3, 0u) << "a message is sent whole: " << id;
  }
  EXPECT_EQ(world.sink.error_rows(), 3u);
  EXPECT_EQ(world.progress.rejects.load(), 3u);
  EXPECT_EQ(world.source.committed[LogId(1)], 1'000);
}

TEST(IngestLane, SetsABlockAsideThatIsOneRefusedMessage) {
  LaneWorld world(1, 1);
  world.decoder.rows_per_record = 10;
  world.sink.refused = {0};
  ASSERT_TRUE(world.run().ok());
  EXPECT_TRUE(world.sink.stored().empty());
  EXPECT_EQ(world.sink.error_rows(), 1u);
  EXPECT_EQ(world.source.committed[LogId(0)], 1);
}

TEST(IngestLane, DoesNotCommitBeyondErrorRowsThatAreNotStored) {
  LaneWorld world(1, 1'000);
  world.source.bad = {500};
  world.options.until_caught_up = false;
  world.sink.down = true;
  std::stop_source stop;
  world.source.on_poll = [&](FakeSource&) { stop.request_stop(); };
  ASSERT_TRUE(world.run(stop.get_token()).ok());
  EXPECT_TRUE(world.source.committed.empty());
  EXPECT_EQ(world.sink.stored().size(), 0u);
}

TEST(IngestLane, DeliversAndCommitsALogBeforeItIsReleased) {
  LaneWorld world(3, 20'000);
  int polls = 0;
  world.source.on_poll = [&](FakeSource& source) {
    if (++polls == 40) source.leaving = {LogId{1}};
  };
  ASSERT_TRUE(world.run().ok());
  EXPECT_TRUE(world.source.released.contains(LogId{1}));
  EXPECT_FALSE(world.source.late_commit) << "a released log is committed by its next owner only";
  const auto stored = world.sink.stored();
  const std::int64_t committed = world.source.committed[LogId{1}];
  EXPECT_GT(committed, 0);
  for (std::int64_t i = 0; i < committed; ++i) ASSERT_EQ(stored.count(1'000'000 + i), 1u);
  EXPECT_EQ(stored.count(1'000'000 + committed), 0u) << "nothing read beyond what was committed";
}

TEST(IngestLane, CommitsNothingOfALogThatWasLost) {
  LaneWorld world(2, 20'000);
  int polls = 0;
  std::int64_t committed_at_loss = -1;
  world.source.on_poll = [&](FakeSource& source) {
    if (++polls == 30) source.lost = {LogId{0}};
    if (polls == 31) committed_at_loss = source.committed[LogId{0}];
  };
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(world.source.committed[LogId{0}], committed_at_loss);
  EXPECT_EQ(world.source.committed[LogId{1}], 20'000);
}

TEST(IngestLane, CommitsAgainAtTheEndWhenTheGroupRefusesForAWhile) {
  LaneWorld world(1, 500);
  world.source.refuse_next_commits = 3;
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(world.source.committed[LogId(0)], 500);
}

TEST(IngestLane, GoesOnWhenTheSourceComesBack) {
  LaneWorld world(1, 500);
  world.source.fail_next_polls = 5;
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 1, 500);
  EXPECT_EQ(world.events.problem(), "");
}

TEST(IngestLane, StopsInTimeWhenTheDestinationIsDown) {
  LaneWorld world(1, 2'000);
  world.options.until_caught_up = false;
  world.sink.down = true;
  std::stop_source stop;
  world.source.on_poll = [&](FakeSource& source) {
    if (source.committed.empty()) stop.request_stop();
  };
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(world.run(stop.get_token()).ok());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  EXPECT_TRUE(world.source.committed.empty());
}

}  // namespace
}  // namespace penstock
