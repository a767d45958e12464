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

TEST(OutboxQueue, GivesNoRangeOfALogAfterOneThatFailed) {
  OutboxQueue queue;
  for (const char* name : {"a1", "a2"}) queue.put(sealed(LogId{0}, name));
  queue.put(sealed(LogId{1}, "b1"));
  queue.put(sealed(LogId{0}, "a3"));
  Sealed<Block> gained_anew = sealed(LogId{0}, "a2");
  gained_anew.lease = std::make_shared<Lease>();
  queue.put(std::move(gained_anew));
  const Error refused{.recovery = Recovery::rebuild, .code = "clickhouse.table_changed"};
  queue.finish({*queue.take_next(), refused, {}});
  queue.put(sealed(LogId{0}, "a4"));  // by a lane that has not heard of it yet
  const auto finished = queue.take_finished();
  ASSERT_EQ(finished.size(), 4u);
  for (const Delivered& one : finished) {
    EXPECT_EQ(one.sealed.tickets.front().log, LogId{0});
    ASSERT_FALSE(one.outcome.ok());
    EXPECT_EQ(one.outcome.error().code, refused.code);
  }
  EXPECT_EQ(queue.take_next()->delivery_id, "b1");
  EXPECT_EQ(queue.take_next()->delivery_id, "a2");
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
