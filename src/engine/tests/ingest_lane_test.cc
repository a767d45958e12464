#include "engine/ingest_lane.h"

#include <gtest/gtest.h>

#include "clickhouse/error_table.h"
#include "engine/tests/fakes.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;
using testing::FakeDecoder;
using testing::FakeSink;
using testing::FakeSource;

std::shared_ptr<const BlockLayout> events_layout() {
  return std::make_shared<const BlockLayout>(
      BlockLayout{"db", "events", {{.name = "n", .type = Type{.name = "Int64"}}}});
}

/// A lane over fakes, with small blocks.
struct World {
  explicit World(int logs = 3, std::int64_t records = 20'000, unsigned seed = 7)
      : source(logs, records), sink(seed) {}

  Status run(const std::stop_token& stop = {}) {
    budget.emplace(budget_limit, nullptr);
    OpenBlock open(events_layout(), "run", *budget);
    DeadLetters dead_letters(clickhouse::error_table_layout({.database = "db", .table = "events"}),
                             "p1", "pipe", "run/errors", *budget);
    Outbox outbox(sink, events, progress);
    outbox.start();
    IngestLane lane({source, decoder, open, dead_letters, outbox, *budget, events, progress},
                    options);
    Status outcome = lane.run(stop);
    outbox.stop();
    return outcome;
  }

  FakeSource source;
  FakeSink sink;
  FakeDecoder decoder;
  std::size_t budget_limit = 96u << 10;
  std::optional<ByteBudget> budget;
  PipeEvents events{"pipe", {}};
  Progress progress;
  LaneOptions options{.seal = {.rows = 1500, .bytes = 1u << 20, .age = 50ms},
                      .until_caught_up = true,
                      .stop_limit = 200ms,
                      .hand_over_limit = 5s};
};

void expect_each_once(const World& world, int logs, std::int64_t records,
                      const std::set<std::int64_t>& without = {}) {
  const auto stored = world.sink.stored();
  std::size_t expected = 0;
  for (int log = 0; log < logs; ++log) {
    for (std::int64_t i = 0; i < records; ++i) {
      const std::int64_t number = log * 1'000'000 + i;
      const std::size_t want = without.contains(number) || without.contains(i) ? 0 : 1;
      ASSERT_EQ(stored.count(number), want) << number;
      expected += want;
    }
  }
  EXPECT_EQ(stored.size(), expected);
}

TEST(IngestLane, DeliversEveryRecordAndCommitsTheEndOfEachLog) {
  World world;
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 3, 20'000);
  for (int log = 0; log < 3; ++log) EXPECT_EQ(world.source.committed[LogId(log)], 20'000);
  EXPECT_EQ(world.budget->used(), 0u) << "all memory is given back";
  EXPECT_EQ(world.progress.rows.load(), 60'000u);
}

TEST(IngestLane, PausesTheSourceWhileTheBudgetIsFull) {
  World world;
  world.options.seal.rows = 100'000;
  ASSERT_TRUE(world.run().ok());
  EXPECT_GT(world.source.pauses, 1);
  expect_each_once(world, 3, 20'000);
}

TEST(IngestLane, GrowsBlocksWhileItIsBehindAndShrinksThemAgain) {
  World world(1, 60'000);
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
  World world(3, 5'000);
  world.sink.trouble = 20;
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 3, 5'000);
  EXPECT_GT(world.progress.retries.load(), 0u);
  EXPECT_FALSE(world.source.moved_back);
}

TEST(IngestLane, SetsBadRecordsAsideAndGoesOn) {
  World world;
  world.source.bad = {7, 8, 4711};
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 3, 20'000, {7, 8, 4711});
  EXPECT_EQ(world.sink.error_rows(), 9u);
  EXPECT_EQ(world.progress.rejects.load(), 9u);
  EXPECT_EQ(world.source.committed[LogId(0)], 20'000);
}

TEST(IngestLane, CommitsPastALogOfNothingButBadRecords) {
  World world(1, 300);
  for (std::int64_t i = 0; i < 300; ++i) world.source.bad.insert(i);
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(world.sink.error_rows(), 300u);
  EXPECT_EQ(world.source.committed[LogId(0)], 300);
}

TEST(IngestLane, HalvesABlockDownToTheRefusedRowsAndReadsThemAgain) {
  World world(2, 6'000);
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

TEST(IngestLane, DoesNotCommitBeyondErrorRowsThatAreNotStored) {
  World world(1, 1'000);
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
  World world(3, 20'000);
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
  World world(2, 20'000);
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
  World world(1, 500);
  world.source.refuse_next_commits = 3;
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(world.source.committed[LogId(0)], 500);
}

TEST(IngestLane, GoesOnWhenTheSourceComesBack) {
  World world(1, 500);
  world.source.fail_next_polls = 5;
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, 1, 500);
  EXPECT_EQ(world.events.problem(), "");
}

TEST(IngestLane, StopsInTimeWhenTheDestinationIsDown) {
  World world(1, 2'000);
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
