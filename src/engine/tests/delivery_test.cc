#include "engine/delivery.h"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

using testing::FakeSink;

struct World {
  /// Offsets [0, 999'999] of log 0, of which these have rows.
  Delivered bring(const std::vector<std::int64_t>& offsets) {
    Sealed<Block> sealed{.payload = Block::make(testing::events_layout()).value(),
                         .tickets = {},
                         .delivery_id = "numbers:0:0-999999@era",
                         .range = SourceRange{.topic = "numbers", .partition = 0, .last = 999'999}};
    for (const std::int64_t offset : offsets) {
      sealed.payload.writer(0).put_int(offset);
      sealed.payload.end_row({LogId{0}, offset});
    }
    Delivery delivery({.sink = sink, .events = events, .progress = progress}, {});
    return delivery.bring(std::move(sealed));
  }

  FakeSink sink;
  PipeEvents events{"pipe", {}};
  Progress progress;
};

std::vector<std::int64_t> offsets(std::int64_t first, std::size_t count) {
  std::vector<std::int64_t> all(count);
  std::iota(all.begin(), all.end(), first);
  return all;
}

// Retention was faster, or the mapping changed: the second block has other rows.
TEST(Delivery, CutsARangeUnderTheSameNamesWhicheverOfItsRecordsAreLeft) {
  World first;
  first.sink.refused = {777};
  ASSERT_EQ(first.bring(offsets(0, 1'000)).refused.size(), 1u);
  World second;
  second.sink.refused = first.sink.refused;
  ASSERT_EQ(second.bring(offsets(123, 800)).refused.size(), 1u);
  ASSERT_GT(second.sink.rows_by_delivery.size(), 5u);
  for (const auto& [name, rows] : second.sink.rows_by_delivery) {
    EXPECT_TRUE(first.sink.rows_by_delivery.contains(name)) << name;
  }
  EXPECT_EQ(second.sink.stored().size(), 799u);
}

TEST(Delivery, SendsEachSetOfRowsOnceHoweverFarApartTheyAre) {
  World world;
  world.sink.refused = {5};
  ASSERT_EQ(world.bring({5, 999'999}).refused.size(), 1u);
  EXPECT_EQ(world.sink.deliveries, 3);
}

TEST(Delivery, BlamesNoRowsWhenNoneIsAccepted) {
  World world;
  for (const std::int64_t offset : offsets(0, 201)) world.sink.refused.insert(offset);
  EXPECT_EQ(world.bring(offsets(0, 200)).refused.size(), 200u);
  const Delivered delivered = world.bring(offsets(0, 201));
  ASSERT_FALSE(delivered.outcome.ok());
  EXPECT_EQ(delivered.outcome.error().recovery, Recovery::stop);
}

}  // namespace
}  // namespace penstock
