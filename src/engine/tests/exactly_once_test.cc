#include <gtest/gtest.h>

#include "engine/delivery_plan.h"
#include "engine/ingest_lane.h"
#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;
using testing::FakeSource;
using testing::LaneWorld;

constexpr int kLogs = 3;
constexpr std::int64_t kRecords = 5'000;

/// A lane that delivers exactly once.
struct World : LaneWorld {
  explicit World(std::int64_t records = kRecords, unsigned seed = 7)
      : LaneWorld(kLogs, records, seed) {
    sharing = Sharing::one_per_log;
    budget_limit = 1u << 20;
  }

  /// Another process of the same pipe: it finds what the group and the server have.
  void follow(const World& before) {
    source.follow(before.source);
    sink.rows_by_delivery = before.sink.rows_by_delivery;
    sink.error_rows_by_delivery = before.sink.error_rows_by_delivery;
  }

  /// Dies in the middle of poll number `poll`: nothing more is committed.
  void die_at(int poll) {
    source.on_poll = [this, poll, polls = 0](FakeSource& self) mutable {
      if (++polls == poll) self.break_with = Error{.code = "engine.bug", .message = "killed"};
    };
    ASSERT_FALSE(run().ok());
  }

  /// Until it is stopped in poll number `last`.
  Status run_for(int last) {
    std::stop_source stop;
    source.on_poll = [&stop, last, polls = 0](FakeSource&) mutable {
      if (++polls == last) stop.request_stop();
    };
    Status outcome = run(stop.get_token());
    source.on_poll = nullptr;
    return outcome;
  }

  DeliveryPlan plan(int log) { return *read_note(source.notes[LogId(log)]).value(); }
};

TEST(ExactlyOnceLane, DeliversEveryRecordAndLeavesNoPlanBehind) {
  World world;
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, kLogs, kRecords);
  for (int log = 0; log < kLogs; ++log) {
    EXPECT_EQ(world.source.committed[LogId(log)], kRecords);
    EXPECT_TRUE(world.plan(log).ranges.empty());
  }
  EXPECT_EQ(world.budget->used(), 0u);
}

TEST(ExactlyOnceLane, NamesEachInsertByTheOffsetsOfOneLog) {
  World world(1'500);
  ASSERT_TRUE(world.run().ok());
  const std::string era = world.plan(1).era;
  EXPECT_TRUE(world.sink.rows_by_delivery.contains("numbers:1:0-1499@" + era));
}

TEST(ExactlyOnceLane, NeverPutsMoreRowsThanAskedIntoOneInsert) {
  World world;
  world.options.seal.rows = 700;
  ASSERT_TRUE(world.run().ok());
  for (const auto& [name, rows] : world.sink.rows_by_delivery) EXPECT_LE(rows.size(), 700u) << name;
}

TEST(ExactlyOnceLane, SendsNothingBeforeItsRangeIsAnnounced) {
  World world;
  world.source.withhold_stored = true;
  world.options.until_caught_up = false;
  ASSERT_TRUE(world.run_for(300).ok());
  EXPECT_TRUE(world.sink.stored().empty());
  EXPECT_FALSE(world.plan(0).ranges.empty());
}

TEST(ExactlyOnceLane, SendsNothingUnderALeaseThatRanOut) {
  World world;
  world.source.lease = 0ms;
  world.options.until_caught_up = false;
  ASSERT_TRUE(world.run_for(300).ok());
  EXPECT_TRUE(world.sink.stored().empty());
}

TEST(ExactlyOnceLane, StoresEachRecordOnceWhereverItDies) {
  for (int poll = 3; poll < 120; poll += 4) {
    World first;
    first.source.bad = {7, 8, 2'711};
    first.sink.trouble = 30;  // half of it after the rows were stored
    first.die_at(poll);
    World next;
    next.source.bad = first.source.bad;
    next.options.seal.rows = 400;  // would cut otherwise
    next.follow(first);
    ASSERT_TRUE(next.run().ok());
    expect_each_once(next, kLogs, kRecords, next.source.bad);
    EXPECT_EQ(next.sink.error_rows(), 9u) << poll;
    for (int log = 0; log < kLogs; ++log) {
      ASSERT_EQ(next.source.committed[LogId(log)], kRecords);
      EXPECT_TRUE(next.plan(log).ranges.empty());
    }
    if (HasFailure()) FAIL() << "died at poll " << poll;
  }
}

TEST(ExactlyOnceLane, AsksTheTableWhatIsThereWhereNamesAreForgotten) {
  const auto forgetful = [](World& world) {
    world.sink.forgets_names = true;
    world.asks = true;
    world.sink.trouble = 10;  // half of it after the rows were stored
    world.sink.refused = {1'002'222};
  };
  for (int poll = 3; poll < 90; poll += 29) {
    World first;
    forgetful(first);
    first.die_at(poll);
    World next;
    forgetful(next);
    next.follow(first);
    ASSERT_TRUE(next.run().ok());
    expect_each_once(next, kLogs, kRecords, next.sink.refused);
    if (HasFailure()) FAIL() << "died at poll " << poll;
  }
}

// A server noted the names and was killed before it kept the rows.
TEST(ExactlyOnceLane, SendsAgainWhatIsKnownByNameOnly) {
  World world;
  world.asks = true;
  world.sink.hollow_deliveries = 5;
  ASSERT_TRUE(world.run().ok());
  expect_each_once(world, kLogs, kRecords);
}

TEST(ExactlyOnceLane, KeepsBoundsWhenRecordsAreGoneSince) {
  for (int poll = 5; poll < 60; poll += 9) {
    World first;
    first.sink.down = true;
    first.die_at(poll);
    World next;
    next.options.seal.rows = 400;
    next.follow(first);
    for (std::int64_t i = 1'000; i < 3'000; ++i) next.source.gone.insert(i);
    ASSERT_TRUE(next.run().ok());
    expect_each_once(next, kLogs, kRecords, next.source.gone);
    EXPECT_EQ(next.source.committed[LogId(0)], kRecords);
    std::set<std::string> names;
    for (const auto& [name, rows] : next.sink.rows_by_delivery) names.insert(name);
    for (int log = 0; log < kLogs; ++log) {
      if (first.source.notes[LogId(log)].empty()) continue;
      const DeliveryPlan plan = first.plan(log);
      for (const PlannedRange& range : plan.ranges) {
        const bool empty = range.first >= 1'000 && range.last < 3'000;
        EXPECT_NE(names.contains(delivery_name("numbers", log, range, plan.era)), empty);
      }
    }
  }
}

TEST(ExactlyOnceLane, SetsRefusedRowsAsideOnceWhereverItDies) {
  for (int poll = 5; poll < 100; poll += 9) {
    World first;
    first.sink.refused = {1'000'005, 1'000'006, 2'003'000};
    first.die_at(poll);
    World next;
    next.sink.refused = first.sink.refused;
    next.follow(first);
    ASSERT_TRUE(next.run().ok());
    expect_each_once(next, kLogs, kRecords, next.sink.refused);
    EXPECT_EQ(next.sink.error_rows(), 3u);
  }
}

TEST(ExactlyOnceLane, HandsALogOverWithItsPlan) {
  World first;
  int polls = 0;
  first.source.on_poll = [&](FakeSource& source) {
    if (++polls == 40) source.leaving = {LogId{1}};
  };
  ASSERT_TRUE(first.run().ok());
  EXPECT_TRUE(first.source.released.contains(LogId{1}));
  EXPECT_LT(first.source.committed[LogId{1}], kRecords);
  World next;
  next.follow(first);
  ASSERT_TRUE(next.run().ok());
  expect_each_once(next, kLogs, kRecords);
}

TEST(ExactlyOnceLane, HandsALogOverAtOnceWhenTheGroupLetsItSendNoMore) {
  World world;
  world.source.lease = 0ms;
  world.options.until_caught_up = false;
  world.options.hand_over_limit = 1h;
  std::stop_source stop;
  int polls = 0;
  world.source.on_poll = [&](FakeSource& source) {
    if (++polls == 40) source.leaving = {LogId{0}, LogId{1}, LogId{2}};
    if (polls == 60) stop.request_stop();
  };
  ASSERT_TRUE(world.run(stop.get_token()).ok());
  EXPECT_EQ(world.source.released.size(), std::size_t{kLogs});
}

TEST(ExactlyOnceLane, StopsAtOnceWhenTheGroupTookItsLogs) {
  World world;
  world.source.lease = 0ms;
  world.options.until_caught_up = false;
  world.options.stop_limit = 1h;
  std::stop_source stop;
  int polls = 0;
  world.source.on_poll = [&](FakeSource& source) {
    if (++polls < 60) return;
    stop.request_stop();
    if (source.paused) source.lost = {LogId{0}, LogId{1}, LogId{2}};
  };
  EXPECT_TRUE(world.run(stop.get_token()).ok());
}

TEST(ExactlyOnceLane, SendsNoMoreOfALogThatWasLost) {
  World world;
  world.sink.down = true;
  world.options.until_caught_up = false;
  std::stop_source stop;
  int polls = 0;
  world.source.on_poll = [&](FakeSource& source) {
    if (++polls == 60) source.lost = {LogId{0}};
    if (polls < 100) return;
    world.sink.down = false;
    stop.request_stop();
  };
  ASSERT_TRUE(world.run(stop.get_token()).ok());
  for (const std::int64_t number : world.sink.stored()) EXPECT_GE(number, 1'000'000);
}

TEST(ExactlyOnceLane, PausesWhenThePlanIsFull) {
  World world;
  world.sink.down = true;
  world.options.seal.rows = 10;
  world.options.until_caught_up = false;
  ASSERT_TRUE(world.run_for(300).ok());
  EXPECT_GT(world.source.pauses, 0);
  EXPECT_EQ(world.plan(0).ranges.size(), kMostPlannedRanges);
}

TEST(ExactlyOnceLane, DoesNotSpinWhileNothingMayBeSealed) {
  World world;
  world.sink.down = true;
  world.options.seal = {.rows = 10, .bytes = 1u << 20, .age = 0ms};  // due at once
  world.options.until_caught_up = false;
  std::stop_source stop;
  int polls = 0;
  world.source.on_poll = [&](FakeSource&) {
    if (++polls == 200) stop.request_stop();
  };
  ASSERT_TRUE(world.run(stop.get_token()).ok());
  EXPECT_EQ(world.plan(0).ranges.size(), kMostPlannedRanges);
  EXPECT_EQ(world.source.polls_at_once, 0);
}

// Or what comes next of a topic made anew would leave under names that were used before.
TEST(ExactlyOnceLane, TellsTheSourceHowFarAStoredPlanReaches) {
  World world;
  world.source.notes[LogId{1}] = R"({"v":1,"era":"e","r":[[0,99,1],[100,149,1]]})";
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(world.source.expected, (std::map<LogId, std::int64_t>{{LogId{1}, 150}}));
}

TEST(ExactlyOnceLane, EndsAtAPlanItCannotRead) {
  World world;
  world.source.notes[LogId{2}] = R"({"v":2,"new":"things"})";
  const Status outcome = world.run();
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, "engine.plan");
  EXPECT_EQ(world.source.notes[LogId{2}], R"({"v":2,"new":"things"})");
}

// What follows takes a part of the scheme away and sees that records are stored twice: so the
// tests above would notice.

/// A lane that died after rows were stored that it never heard of.
void die_unanswered(World& world) {
  world.sink.loses_answers = true;
  world.source.on_poll = [&world](FakeSource& self) {
    if (world.sink.stored().empty()) return;
    self.break_with = Error{.code = "engine.bug", .message = "killed"};
  };
  ASSERT_FALSE(world.run().ok());
}

TEST(ExactlyOnceLane, RepeatsWhatItNeverHeardOfUnderTheSameNames) {
  World first;
  die_unanswered(first);
  World next;
  next.follow(first);
  ASSERT_TRUE(next.run().ok());
  expect_each_once(next, kLogs, kRecords);
}

TEST(ExactlyOnceLane, SendsRangesOfItsPredecessorAsSoonAsTheyAreRead) {
  World first;
  die_unanswered(first);
  World next;
  next.follow(first);
  next.source.polls_before_reading = 5;
  next.source.lease = 1h;  // no commit is needed to keep it alive
  next.options.seal = {.rows = 1'000'000, .bytes = 1u << 30, .age = 1h};  // nor one for new ranges
  next.options.until_caught_up = false;
  const DeliveryPlan plan = first.plan(0);
  ASSERT_FALSE(plan.ranges.empty());
  std::stop_source stop;
  bool committed = false;
  next.source.on_poll = [&, polls = 0](FakeSource& self) mutable {
    committed |= self.committed[LogId(0)] > plan.ranges.front().last;
    if (committed || ++polls == 5'000) stop.request_stop();
    if (polls > 200) std::this_thread::sleep_for(1ms);
  };
  ASSERT_TRUE(next.run(stop.get_token()).ok());
  EXPECT_TRUE(committed);
}

TEST(ExactlyOnceLane, NeedsAServerThatKnowsNames) {
  World first;
  die_unanswered(first);
  World next;
  next.follow(first);
  next.sink.forgets_names = true;
  ASSERT_TRUE(next.run().ok());
  EXPECT_GT(next.sink.stored().size(), static_cast<std::size_t>(kLogs * kRecords));
}

TEST(ExactlyOnceLane, NeedsTheStoredPlan) {
  World first;
  die_unanswered(first);
  World next;
  next.follow(first);
  for (int log = 0; log < kLogs; ++log) next.source.notes[LogId(log)].clear();
  ASSERT_TRUE(next.run().ok());
  EXPECT_GT(next.sink.stored().size(), static_cast<std::size_t>(kLogs * kRecords));
}

}  // namespace
}  // namespace penstock
