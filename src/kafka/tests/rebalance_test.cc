#include <gtest/gtest.h>

#include <thread>

#include "kafka/source.h"
#include "kafka/tests/mock_cluster.h"
#include "kafka/tests/reader.h"

namespace penstock::kafka {
namespace {

using namespace std::chrono_literals;

// Two readers on one thread, each polled in turn.
bool poll_both(Reader& left, Reader& right, const std::function<bool()>& enough) {
  const auto deadline = std::chrono::steady_clock::now() + 30s;
  while (!enough()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    left.poll_once();
    right.poll_once();
  }
  return true;
}

TEST(Rebalance, LeavingLogsStayCommittableUntilReleasedAndThenMoveOn) {
  MockCluster cluster;
  cluster.create_topic("events", 2);
  for (int partition : {0, 1}) cluster.produce_numbers("events", partition, 0, 10);

  Reader first(options_for(cluster, "events"));
  ASSERT_TRUE(first.source().open().ok());
  ASSERT_TRUE(first.poll_until([&] { return first.values().size() == 20; }));

  Reader second(options_for(cluster, "events"));
  ASSERT_TRUE(second.source().open().ok());
  ASSERT_TRUE(poll_both(first, second, [&] { return !first.leaving.empty(); }));
  ASSERT_EQ(first.leaving.size(), 1u);
  EXPECT_TRUE(second.owned.empty());

  // Nothing is given to the other member before we say so.
  for (int partition : {0, 1}) cluster.produce_numbers("events", partition, 10, 5);
  poll_both(first, second, [until = std::chrono::steady_clock::now() + 1s] {
    return std::chrono::steady_clock::now() > until;
  });
  EXPECT_TRUE(second.owned.empty());
  // As the lane does: a group in the middle of a rebalance may refuse for a while. The mock group
  // sometimes begins its next round by itself and then refuses for good, as no real one does.
  const ResumePoint point{*first.leaving.begin(), "8"};
  Status committed = first.source().commit(std::span(&point, 1), 5s);
  for (int again = 0; again < 20 && !committed.ok(); ++again) {
    std::this_thread::sleep_for(100ms);
    committed = first.source().commit({}, 5s);
  }
  std::vector<std::string> rest;
  for (int number = committed.ok() ? 8 : 0; number < 15; ++number) {
    rest.push_back(std::to_string(number));
  }

  const std::vector<LogId> released(first.leaving.begin(), first.leaving.end());
  first.source().release(released);
  ASSERT_TRUE(poll_both(first, second, [&] { return second.values().size() >= rest.size(); }));
  EXPECT_EQ(second.values(), rest);
  ASSERT_TRUE(poll_both(first, second, [&] { return first.values().size() >= 25; }));
  EXPECT_EQ(first.values().size(), 25u);
  EXPECT_TRUE(first.lost.empty());
}

TEST(Rebalance, AMemberThatWasNotHeardOfLosesItsLogsAndGetsThemAgain) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 10);
  auto options = options_for(cluster, "events");
  options.client["max.poll.interval.ms"] = "4000";
  Reader reader(options);
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return reader.values().size() == 10; }));
  const LogId log = *reader.owned.begin();
  const ResumePoint point{log, "5"};
  ASSERT_TRUE(reader.source().commit(std::span(&point, 1), 5s).ok());

  std::this_thread::sleep_for(6s);  // no poll for longer than max.poll.interval.ms
  reader.batches.clear();
  ASSERT_TRUE(reader.poll_until([&] { return !reader.lost.empty(); }));
  EXPECT_TRUE(reader.lost.contains(log));
  ASSERT_TRUE(reader.poll_until([&] { return reader.owned.contains(log); }));
  reader.batches.clear();
  ASSERT_TRUE(reader.poll_until([&] { return reader.values().size() >= 5; }));
  EXPECT_EQ(reader.values().front(), "5");
}

TEST(Rebalance, CloseReturnsInTimeWhileAReleaseIsOwed) {
  MockCluster cluster;
  cluster.create_topic("events", 2);
  Reader first(options_for(cluster, "events"));
  ASSERT_TRUE(first.source().open().ok());
  ASSERT_TRUE(first.poll_until([&] { return first.owned.size() == 2; }));
  Reader second(options_for(cluster, "events"));
  ASSERT_TRUE(second.source().open().ok());
  ASSERT_TRUE(poll_both(first, second, [&] { return !first.leaving.empty(); }));

  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(first.source().close(5s).ok());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  ASSERT_TRUE(second.poll_until([&] { return second.owned.size() == 2; }));
}

// librdkafka 2.0 would wait for ever for an answer to the offer, closed or destroyed.
TEST(Rebalance, EndsWhileTheGroupWaitsForAnAnswer) {
  for (const bool closed : {true, false}) {
    MockCluster cluster;
    cluster.create_topic("events", 1);
    Reader reader(options_for(cluster, "events"));
    ASSERT_TRUE(reader.source().open().ok());
    std::this_thread::sleep_for(4s);  // the offer came, no poll has taken it
    const auto begin = std::chrono::steady_clock::now();
    if (closed) {
      EXPECT_TRUE(reader.source().close(5s).ok());
    }
    reader.drop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
  }
}

// librdkafka 2.0 would abort between the answer to a join and the first assignment.
TEST(Rebalance, EndsAtAnyMomentOfJoining) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  rd_kafka_mock_broker_set_rtt(cluster.mock(), 1, 300);  // no moment is too short to be met
  std::vector<std::jthread> members;
  for (int i = 0; i < 60; ++i) {
    members.emplace_back([&cluster, i] {
      auto options = options_for(cluster, "events");
      options.settings.consumer_group = "joining-" + std::to_string(i);
      Reader reader(options);
      if (!reader.source().open().ok()) return;
      reader.poll_for(100ms * i);
      reader.drop();
    });
  }
}

TEST(Rebalance, CloseReturnsInTimeWhenNobodyAnswers) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  Reader reader(options_for(cluster, "events"));
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return reader.owned.size() == 1; }));
  cluster.set_up(false);
  const auto begin = std::chrono::steady_clock::now();
  (void)reader.source().close(2s);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 4s);
}

}  // namespace
}  // namespace penstock::kafka
