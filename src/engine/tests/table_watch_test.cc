#include "engine/table_watch.h"

#include <gtest/gtest.h>

#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

using testing::BorrowedDecoder;
using testing::FakeDecoder;
using testing::FakeSource;
using testing::LaneWorld;

TableColumn column(const std::string& name, const std::string& type) {
  return {.name = name, .type = parse_type(type).value()};
}

/// A table on a server, and the watch of a pipe that writes all of its columns.
struct Watched {
  explicit Watched(FakeDecoder& decoder) : decoder_(decoder) {}

  std::unique_ptr<TableWatch> make() {
    return std::make_unique<TableWatch>(
        table, make_mapping(table, nullptr).value(),
        TableWatch::Doors{
            .read_table = [this]() -> Result<Table> {
              if (away) {
                return Error{.recovery = Recovery::retry, .code = "clickhouse.unreachable"};
              }
              return table;
            },
            .map = [](const Table& found) { return make_mapping(found, nullptr); },
            .make_decoder = [this](const Mapping&) -> Result<std::unique_ptr<Decoder>> {
              ++decoders_made;
              return std::unique_ptr<Decoder>(std::make_unique<BorrowedDecoder>(decoder_));
            },
            .abandon = [] {}});
  }

  Table table{.database = "db", .name = "events", .columns = {column("n", "Int64")}};
  bool away = false;
  int decoders_made = 0;

 private:
  FakeDecoder& decoder_;
};

TEST(TableWatch, HasANewVersionWhenAColumnWasAdded) {
  FakeDecoder decoder;
  Watched watched(decoder);
  const auto watch = watched.make();
  EXPECT_TRUE(watch->look().value().empty());
  EXPECT_EQ(watch->number(), 0u);
  watched.table.columns.push_back(column("note", "String"));
  EXPECT_EQ(watch->look().value(), std::vector<std::string>{"column `note` was added (String)"});
  EXPECT_EQ(watch->number(), 1u);
  EXPECT_EQ(watch->version().mapping.layout->columns.size(), 2u);
  EXPECT_TRUE(watch->look().value().empty()) << "said once";
}

TEST(TableWatch, NoticesAnotherTypeAndAnotherDefault) {
  FakeDecoder decoder;
  Watched watched(decoder);
  const auto watch = watched.make();
  watched.table.columns[0] = column("n", "UInt64");
  EXPECT_EQ(watch->look().value().size(), 1u);
  watched.table.columns[0].default_kind = DefaultKind::expression;
  watched.table.columns[0].default_expression = "7";
  EXPECT_EQ(watch->look().value().size(), 1u);
  EXPECT_EQ(watch->number(), 2u);
}

TEST(TableWatch, LeavesTheVersionWhenNothingWeWriteChanged) {
  FakeDecoder decoder;
  Watched watched(decoder);
  const auto watch = watched.make();
  watched.table.columns.push_back(column("day", "Date"));
  watched.table.columns.back().default_kind = DefaultKind::materialized;
  EXPECT_TRUE(watch->look().value().empty());
  EXPECT_EQ(watch->number(), 0u);
}

TEST(TableWatch, WaitsForTheNextLookWhenTheServerIsAway) {
  FakeDecoder decoder;
  Watched watched(decoder);
  const auto watch = watched.make();
  watched.table.columns.push_back(column("note", "String"));
  watched.away = true;
  EXPECT_TRUE(watch->look().value().empty());
  watched.away = false;
  EXPECT_EQ(watch->look().value().size(), 1u);
}

TEST(TableWatch, SaysWhichColumnThePipeCannotWrite) {
  FakeDecoder decoder;
  Watched watched(decoder);
  const auto watch = watched.make();
  watched.table.columns.push_back(column("sums", "AggregateFunction(sum, UInt64)"));
  const auto changes = watch->look();
  ASSERT_FALSE(changes.ok());
  EXPECT_EQ(changes.error().code, "pipe.mapping");
  EXPECT_NE(changes.error().message.find("sums"), std::string::npos);
  EXPECT_EQ(watch->number(), 0u);
}

TEST(IngestLane, FillsNewColumnsFromTheNextRecordOnAndLosesNothing) {
  LaneWorld world(2, 10'000);
  Watched watched(world.decoder);
  world.table = watched.make();
  int polls = 0;
  world.source.on_poll = [&](FakeSource&) {
    if (++polls != 20) return;
    watched.table.columns[0].default_kind = DefaultKind::expression;
    watched.table.columns[0].default_expression = "7";
    ASSERT_EQ(world.table->look().value().size(), 1u);
  };
  ASSERT_TRUE(world.run().ok());
  EXPECT_EQ(watched.decoders_made, 1);
  expect_each_once(world, 2, 10'000);
  EXPECT_EQ(world.sink.layouts_seen.size(), 2u);
  EXPECT_EQ(world.budget->used(), 0u) << "memory of both kinds of blocks is given back";
}

TEST(IngestLane, CommitsWhatWasDeliveredBeforeTheTableStoppedFitting) {
  LaneWorld world(1, 10'000);
  world.sink.outdated_from = 5'000;
  const Status outcome = world.run();
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().recovery, Recovery::rebuild);
  const std::int64_t committed = world.source.committed[LogId(0)];
  EXPECT_GT(committed, 0);
  EXPECT_LE(committed, 5'000);
  const auto stored = world.sink.stored();
  for (std::int64_t i = 0; i < committed; ++i) ASSERT_EQ(stored.count(i), 1u) << i;
}

}  // namespace
}  // namespace penstock
