#include "engine/lanes.h"

#include <gtest/gtest.h>

#include "clickhouse/error_table.h"
#include "engine/tests/fakes.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;
using testing::FakeDecoder;
using testing::FakeSink;
using testing::FakeSource;

constexpr std::int64_t kRecords = 5'000;  // per log

/// Lanes over fakes that know nothing of each other: each has logs 0 to n of its own.
struct World {
  explicit World(std::initializer_list<int> logs_of_lanes) {
    const auto layout = std::make_shared<const BlockLayout>(
        BlockLayout{"db", "events", {{.name = "n", .type = Type{.name = "Int64"}}}});
    const auto errors = clickhouse::error_table_layout({.database = "db", .table = "events"});
    std::size_t all_logs = 0;
    for (const int logs : logs_of_lanes) all_logs += static_cast<std::size_t>(logs);
    auto made_sink = std::make_unique<FakeSink>(7);
    sink = made_sink.get();
    parts.sink = std::move(made_sink);
    parts.seal.steady = {.rows = 1500, .bytes = 1u << 20, .age = 50ms};
    for (const int logs : logs_of_lanes) {
      auto lane = std::make_unique<PipeLane>(1u << 20, parts.budget);
      auto source = std::make_unique<FakeSource>(logs, kRecords);
      source->all_logs = all_logs;
      sources.push_back(source.get());
      lane->source = std::move(source);
      lane->decoder = std::make_unique<FakeDecoder>();
      lane->open = std::make_unique<OpenRanges>(layout, errors, lane->budget, Sharing::one_for_all);
      parts.lanes.push_back(std::move(lane));
    }
  }

  Status run(bool until_caught_up = true, const std::stop_token& stop = {}) {
    Lanes lanes(parts, events, progress);
    PENSTOCK_OK(lanes.open());
    return lanes.run(stop, until_caught_up);
  }

  PipeParts parts{"pipe", 4u << 20};
  PipeEvents events{"pipe", {}};
  std::array<Progress, 4> progress;
  FakeSink* sink = nullptr;
  std::vector<FakeSource*> sources;
};

TEST(Lanes, DeliverEveryLogOfEveryLane) {
  World world{2, 2};
  ASSERT_TRUE(world.run().ok());
  const auto stored = world.sink->stored();
  EXPECT_EQ(stored.size(), 4u * kRecords);
  for (std::int64_t i = 0; i < kRecords; ++i) {
    ASSERT_EQ(stored.count(i), 2u) << i;
    ASSERT_EQ(stored.count(1'000'000 + i), 2u) << i;
  }
  for (const FakeSource* source : world.sources) {
    EXPECT_EQ(source->committed.at(LogId{0}), kRecords);
    EXPECT_EQ(source->committed.at(LogId{1}), kRecords);
  }
  PipeProgress all;
  for (const Progress& lane : world.progress) all.add(lane);
  EXPECT_EQ(all.rows, 4u * kRecords);
  EXPECT_EQ(all.lag, 0);
}

TEST(Lanes, EndThoughOneHasNoLog) {
  World world{1, 0};
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(world.sink->stored().size(), kRecords);
}

TEST(Lanes, ReadNothingBeforeAllHaveTheirLogs) {
  World world{1, 1};
  world.sources[1]->polls_before_joining = 30;
  std::int64_t taken_early = 0;
  world.sources[0]->on_poll = [&](FakeSource& source) {
    if (!world.sources[1]->joined()) taken_early += source.taken();
  };
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(taken_early, 0);
  EXPECT_EQ(world.sink->stored().size(), 2u * kRecords);
}

TEST(Lanes, StopWhenOneCannotGoOn) {
  World world{1, 1};
  int polls = 0;
  world.sources[1]->on_poll = [&](FakeSource& source) {
    if (++polls == 20) {
      source.break_with = Error{.fault = Fault::user,
                                .recovery = Recovery::stop,
                                .code = "kafka.grant",
                                .message = "no longer allowed"};
    }
  };
  const Status outcome = world.run(false);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, "kafka.grant");
  const auto stored = world.sink->stored();
  const std::int64_t committed = world.sources[0]->committed[LogId{0}];
  for (std::int64_t i = 0; i < committed; ++i) ASSERT_GE(stored.count(i), 1u) << i;
}

TEST(Lanes, StopWhenAsked) {
  World world{1, 1};
  std::stop_source stop;
  world.sources[0]->on_poll = [&](FakeSource& source) {
    if (source.taken() > 1000) stop.request_stop();
  };
  ASSERT_TRUE(world.run(false, stop.get_token()).ok());
  EXPECT_EQ(world.sources[0]->committed[LogId{0}], world.sources[0]->taken());
}

TEST(Lanes, EndWithTheReasonWhenTheTableNoLongerFits) {
  World world{1, 1};
  const Table before{.database = "db",
                     .name = "events",
                     .columns = {{.name = "n", .type = Type{.name = "Int64"}}}};
  Table now = before;
  now.columns[0].name = "m";
  const std::vector<FieldMapping> fields{{.source_field = "n", .destination_field = "n"}};
  world.parts.table = std::make_unique<TableWatch>(
      before, make_mapping(before, &fields).value(),
      TableWatch::Doors{
          .read_table = [&now]() -> Result<Table> { return now; },
          .map = [&fields](const Table& found) { return make_mapping(found, &fields); },
          .make_decoder = [](const Mapping&) -> Result<std::unique_ptr<Decoder>> {
            return std::unique_ptr<Decoder>(std::make_unique<FakeDecoder>());
          },
          .abandon = [] {}});
  world.parts.look_every = 1ms;
  const Status outcome = world.run(false);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().message, "table db.events: column \"n\" does not exist");
}

}  // namespace
}  // namespace penstock
