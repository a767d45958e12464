#include "engine/outbox_queue.h"

#include <gtest/gtest.h>

#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

Sealed<Block> sealed(LogId log, std::string name) {
  return {.payload = Block::make(testing::events_layout()).value(),
          .tickets = {Ticket{.log = log}},
          .delivery_id = std::move(name),
          .range = SourceRange{.topic = "numbers"}};
}

Delivered delivered(Sealed<Block> sealed) { return {std::move(sealed), Receipt{}, {}}; }

TEST(OutboxQueue, GivesTheRangesOfOneLogOneAfterAnotherAndThoseOfOthersBesideThem) {
  OutboxQueue queue;
  queue.put(sealed(LogId{0}, "a1"));
  queue.put(sealed(LogId{0}, "a2"));
  queue.put(sealed(LogId{1}, "b1"));
  auto a1 = queue.take_next();
  const auto b1 = queue.take_next();
  ASSERT_TRUE(a1 && b1);
  EXPECT_EQ(a1->delivery_id, "a1");
  EXPECT_EQ(b1->delivery_id, "b1");
  EXPECT_FALSE(queue.has_next());
  EXPECT_FALSE(queue.take_next());
  queue.finish(delivered(*std::move(a1)));
  ASSERT_TRUE(queue.has_next());
  EXPECT_EQ(queue.take_next()->delivery_id, "a2");
  EXPECT_EQ(queue.open(), 3u);
  EXPECT_EQ(queue.take_finished().size(), 1u);
  EXPECT_EQ(queue.open(), 2u);
}

TEST(OutboxQueue, GivesBlocksOfSeveralLogsSideBySide) {
  OutboxQueue queue;
  for (const char* name : {"first", "second"}) queue.put(sealed(LogId{0}, name));
  Sealed<Block> mixed = sealed(LogId{0}, "third");
  mixed.range.reset();
  queue.put(std::move(mixed));
  EXPECT_EQ(queue.take_next()->delivery_id, "first");
  EXPECT_EQ(queue.take_next()->delivery_id, "third");
}

}  // namespace
}  // namespace penstock
