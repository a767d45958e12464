#include "engine/expired_names.h"

#include <gtest/gtest.h>

#include "engine/delivery.h"
#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

using testing::FakeSink;
using testing::FakeTable;

struct World {
  explicit World(OnExpiredToken policy = OnExpiredToken::ask, std::string why_not_asked = "",
                 std::uint64_t window = 10'000) {
    ExpiredNames::Parts parts{.policy = policy,
                              .window = {.inserts = window, .age = {}},
                              .why_not_asked = std::move(why_not_asked),
                              .rows = nullptr,
                              .errors = nullptr,
                              .errors_layout = nullptr};
    auto made = std::make_unique<FakeTable>();
    table = made.get();
    parts.rows = std::move(made);
    names.emplace(std::move(parts));
  }

  /// Offsets 100 to 109 of log 0, that somebody planned long ago.
  static Sealed<Block> sealed() {
    Sealed<Block> made{.payload = Block::make(testing::events_layout()).value(),
                       .tickets = {},
                       .delivery_id = "numbers:0:100-109@era"};
    for (std::int64_t i = 100; i < 110; ++i) {
      made.payload.writer(0).put_int(i);
      made.payload.end_row({LogId{0}, i});
    }
    made.range = SourceRange{.topic = "numbers",
                             .partition = 0,
                             .first = 100,
                             .last = 109,
                             .planned_at_ms = kPlanned,
                             .again = true};
    return made;
  }

  static Sealed<Block> planned_just_now() {
    Sealed<Block> made = sealed();
    made.range->planned_at_ms = wall_clock_ms();
    return made;
  }

  Delivered bring(Sealed<Block> what) {
    Delivery delivery({.sink = sink, .events = events, .progress = progress, .names = &*names}, {});
    return delivery.bring(std::move(what));
  }

  static constexpr std::int64_t kPlanned = 1'700'000'000'000;
  static constexpr std::int64_t kSecond = 1000;

  FakeTable* table = nullptr;
  std::optional<ExpiredNames> names;
  FakeSink sink;
  PipeEvents events{"pipe", {}};
  Progress progress;
};

TEST(ExpiredNames, ConcernOnlyWhatMayHaveBeenSentBefore) {
  const World world;
  Sealed<Block> sealed = World::sealed();
  const std::int64_t later = World::kPlanned + 3600 * World::kSecond;
  EXPECT_TRUE(world.names->may_be_forgotten(sealed, later));
  sealed.range->again = false;
  EXPECT_FALSE(world.names->may_be_forgotten(sealed, later));
  sealed.attempt = 2;  // there were too many parts
  EXPECT_FALSE(world.names->may_be_forgotten(sealed, later));
  sealed.may_be_stored = true;
  EXPECT_TRUE(world.names->may_be_forgotten(sealed, later));
  sealed.range.reset();
  EXPECT_FALSE(world.names->may_be_forgotten(sealed, later));
}

TEST(ExpiredNames, AreOfNoConcernWithinTheWindow) {
  const World world;
  EXPECT_FALSE(
      world.names->may_be_forgotten(World::sealed(), World::kPlanned + 5 * World::kSecond));
  EXPECT_TRUE(
      world.names->may_be_forgotten(World::sealed(), World::kPlanned + 15 * World::kSecond));
  EXPECT_TRUE(world.names->may_be_forgotten(World::sealed(), World::kPlanned - 1))
      << "another clock";
  const World small(OnExpiredToken::ask, "", 1);
  EXPECT_TRUE(small.names->may_be_forgotten(World::sealed(), World::kPlanned));
}

TEST(ExpiredNames, WaitLongerWhereThePipeWouldHaveToStop) {
  const World world(OnExpiredToken::ask, "_offset is not mapped");
  EXPECT_FALSE(
      world.names->may_be_forgotten(World::sealed(), World::kPlanned + 3'000 * World::kSecond));
  EXPECT_TRUE(
      world.names->may_be_forgotten(World::sealed(), World::kPlanned + 30'000 * World::kSecond));
}

TEST(ExpiredNames, SendNothingOfWhatTheTableHolds) {
  World world;
  world.table->holds = {{100, 109, 1}};
  ASSERT_TRUE(world.bring(World::sealed()).outcome.ok());
  EXPECT_TRUE(world.sink.stored().empty());
  ASSERT_EQ(world.table->asked.size(), 1u);
  EXPECT_EQ(world.table->asked.front().first, 100);
}

TEST(ExpiredNames, SendEverythingUnderItsNameWhenTheTableHoldsNothing) {
  World world;
  ASSERT_TRUE(world.bring(World::sealed()).outcome.ok());
  EXPECT_EQ(world.sink.rows_by_delivery.at("numbers:0:100-109@era").size(), 10u);
}

TEST(ExpiredNames, SendWhatIsMissingAndNoMore) {
  World world;
  world.table->holds = {{100, 103, 1}, {106, 106, 1}};
  ASSERT_TRUE(world.bring(World::sealed()).outcome.ok());
  EXPECT_EQ(world.sink.stored(), (std::multiset<std::int64_t>{104, 105, 107, 108, 109}));
}

TEST(ExpiredNames, StopThePipeWhereNobodyCanTell) {
  World world(OnExpiredToken::ask, "_offset is not mapped");
  const Delivered delivered = world.bring(World::sealed());
  ASSERT_FALSE(delivered.outcome.ok());
  EXPECT_EQ(delivered.outcome.error().code, "engine.expired_name");
  EXPECT_NE(delivered.outcome.error().message.find("_offset is not mapped"), std::string::npos);
  EXPECT_TRUE(world.sink.stored().empty());
}

TEST(ExpiredNames, SendUnderAnotherNameWhatIsKnownByNameOnly) {
  World world;
  world.table->hollow = true;
  world.table->holds = {{100, 103, 1}};  // the server died before it kept the others
  Sealed<Block> sealed = World::planned_just_now();
  sealed.range->again = false;
  sealed.may_be_stored = true;
  ASSERT_TRUE(world.bring(std::move(sealed)).outcome.ok());
  EXPECT_EQ(world.sink.rows_by_delivery.at("numbers:0:100-109@era").size(), 10u);
  ASSERT_EQ(world.sink.rows_by_delivery.size(), 2u);
  const auto& [name, rows] = *world.sink.rows_by_delivery.rbegin();
  EXPECT_TRUE(name.starts_with("numbers:0:100-109@era#104-109#")) << name;
  EXPECT_EQ(rows.size(), 6u);
}

// The refused record that made the other process cut the range may be gone, or fit by now.
TEST(ExpiredNames, CutWhatAnotherProcessStoredInPartAsItDid) {
  World world;
  world.table->holds = {{100, 104, 1}};
  ASSERT_TRUE(world.bring(World::planned_just_now()).outcome.ok());
  ASSERT_EQ(world.sink.rows_by_delivery.size(), 1u);
  EXPECT_EQ(world.sink.rows_by_delivery.at("numbers:0:100-109@era#105-109").size(), 5u);
}

TEST(ExpiredNames, SendNothingOfALogThatMovedWhileTheTableWasAsked) {
  World world;
  Sealed<Block> sealed = World::sealed();
  const auto lease = std::make_shared<Lease>();
  lease->extend(Lease::Clock::time_point::max());
  sealed.lease = lease;
  world.table->on_asked = [&] { lease->end(); };
  EXPECT_FALSE(world.bring(std::move(sealed)).outcome.ok());
  EXPECT_TRUE(world.sink.stored().empty());
}

TEST(ExpiredNames, MayBeAcceptedAsDuplicates) {
  World world(OnExpiredToken::accept_duplicates);
  world.table->holds = {{100, 109, 1}};
  ASSERT_TRUE(world.bring(World::sealed()).outcome.ok());
  EXPECT_EQ(world.sink.stored().size(), 10u);
}

}  // namespace
}  // namespace penstock
