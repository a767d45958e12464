#include "kafka/source.h"

#include <gtest/gtest.h>

#include "kafka/tests/mock_cluster.h"
#include "kafka/tests/reader.h"

namespace penstock::kafka {
namespace {

using namespace std::chrono_literals;

TEST(Source, BringsTheRecordsOfEachPartitionInOrderWithTheirPositions) {
  MockCluster cluster;
  cluster.create_topic("events", 2);
  cluster.produce_numbers("events", 0, 0, 50);
  cluster.produce("events", 1, "hello", "key");

  Reader reader(options_for(cluster, "events"));
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return reader.values().size() == 51; }));

  EXPECT_EQ(reader.owned.size(), 2u);
  std::int64_t next = 0;
  for (const RecordBatch& batch : reader.batches) {
    EXPECT_EQ(batch.topic, "events");
    EXPECT_EQ(batch.span.records, batch.size());
    EXPECT_EQ(batch.span.resume_after, std::to_string(batch.offsets.back() + 1));
    if (batch.partition == 1) {
      EXPECT_EQ(as_text(batch.keys[0]), "key");
      ASSERT_EQ(batch.headers_of(0).size(), 1u);
      EXPECT_EQ(batch.headers_of(0)[0].name, "from");
      EXPECT_EQ(as_text(batch.headers_of(0)[0].value), "test");
      EXPECT_GT(batch.timestamps_ms[0], 1'600'000'000'000);
      continue;
    }
    EXPECT_EQ(batch.span.first, std::to_string(next));
    for (std::size_t i = 0; i < batch.size(); ++i, ++next) {
      EXPECT_EQ(batch.offsets[i], next);
      EXPECT_EQ(as_text(batch.values[i]), std::to_string(next));
      EXPECT_EQ(batch.keys[i].data(), nullptr);
    }
  }
  EXPECT_EQ(next, 50);
}

TEST(Source, FillsTheMemoryOfRecycledBatchesAgain) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 100);
  Reader reader(options_for(cluster, "events"));
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return reader.values().size() == 100; }));

  const Bytes* values = nullptr;
  for (RecordBatch& batch : std::exchange(reader.batches, {})) {
    values = batch.values.data();
    reader.source().recycle(std::move(batch));
  }
  cluster.produce("events", 0, "one more");
  ASSERT_TRUE(reader.poll_until([&] { return !reader.batches.empty(); }));

  const RecordBatch& next = reader.batches.front();
  EXPECT_EQ(next.values.data(), values);
  EXPECT_EQ(next.offsets, std::vector<std::int64_t>{100});
  EXPECT_EQ(next.keys.size(), 1u);
  EXPECT_EQ(next.timestamps_ms.size(), 1u);
  EXPECT_EQ(next.span.first, "100");
  EXPECT_EQ(next.headers_of(0).size(), 1u);
}

TEST(Source, LeavesARecycledBatchAloneWhileACopyNeedsItsRecords) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce("events", 0, "kept");
  Reader reader(options_for(cluster, "events"));
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return !reader.batches.empty(); }));

  const RecordBatch copy = reader.batches.front();
  reader.source().recycle(std::move(reader.batches.front()));
  reader.batches.clear();
  cluster.produce("events", 0, "next");
  ASSERT_TRUE(reader.poll_until([&] { return !reader.batches.empty(); }));
  EXPECT_EQ(as_text(copy.values[0]), "kept");
  EXPECT_EQ(as_text(reader.batches.front().values[0]), "next");
}

TEST(Source, BatchesOutliveTheSource) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 9);
  cluster.produce("events", 0, "9");  // with a header
  auto reader = std::make_unique<Reader>(options_for(cluster, "events"));
  ASSERT_TRUE(reader->source().open().ok());
  ASSERT_TRUE(reader->poll_until([&] { return reader->values().size() == 10; }));

  std::vector<RecordBatch> batches = std::move(reader->batches);
  ASSERT_TRUE(reader->source().close(5s).ok());
  reader.reset();
  const RecordBatch& last = batches.back();
  EXPECT_EQ(as_text(last.values.back()), "9");
  ASSERT_EQ(last.headers_of(last.size() - 1).size(), 1u);
  EXPECT_EQ(as_text(last.headers_of(last.size() - 1)[0].value), "test");
}

TEST(Source, GoesOnAfterTheCommittedPosition) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 10);
  {
    Reader first(options_for(cluster, "events"));
    ASSERT_TRUE(first.source().open().ok());
    ASSERT_TRUE(first.poll_until([&] { return first.values().size() == 10; }));
    const ResumePoint point{*first.owned.begin(), "7"};
    ASSERT_TRUE(first.source().commit(std::span(&point, 1), 5s).ok());
    const ResumePoint older{*first.owned.begin(), "3"};  // never back
    ASSERT_TRUE(first.source().commit(std::span(&older, 1), 5s).ok());
    ASSERT_TRUE(first.source().close(5s).ok());
  }
  Reader second(options_for(cluster, "events"));
  ASSERT_TRUE(second.source().open().ok());
  ASSERT_TRUE(second.poll_until([&] { return second.values().size() == 3; }));
  EXPECT_EQ(second.values(), (std::vector<std::string>{"7", "8", "9"}));
}

TEST(Source, IsSilentWhilePausedAndStaysInTheGroup) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 100);
  auto options = options_for(cluster, "events");
  options.client["max.poll.interval.ms"] = "4000";
  Reader reader(options);
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return reader.values().size() == 100; }));

  reader.source().pause();
  cluster.produce_numbers("events", 0, 100, 100);
  reader.poll_for(6s);  // above both intervals
  EXPECT_EQ(reader.values().size(), 100u);
  EXPECT_TRUE(reader.lost.empty());

  reader.source().resume();
  ASSERT_TRUE(reader.poll_until([&] { return reader.values().size() >= 200; }));
  reader.poll_for(6s);
  EXPECT_EQ(reader.values().size(), 200u);
  EXPECT_EQ(reader.values().back(), "199");
  EXPECT_TRUE(reader.lost.empty());
}

TEST(Source, NamesTheTopicsThatExistWhenOneDoesNot) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.create_topic("orders", 1);
  Reader reader(options_for(cluster, "evnets"));
  rd_kafka_mock_topic_set_error(cluster.mock(), "evnets", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  const Status opened = reader.source().open();
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, "kafka.unknown_topic");
  EXPECT_EQ(opened.error().recovery, Recovery::stop);
  EXPECT_NE(opened.error().message.find("evnets"), std::string::npos);
  EXPECT_NE(opened.error().message.find("events, orders"), std::string::npos)
      << opened.error().message;
}

TEST(Source, WrongAddressIsWorthARetry) {
  MockCluster cluster;
  auto options = options_for(cluster, "events");
  options.settings.brokers = "127.0.0.1:1";
  Reader reader(options);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto begin = std::chrono::steady_clock::now();
    const Status opened = reader.source().open();
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, "kafka.unreachable");
    EXPECT_EQ(opened.error().recovery, Recovery::retry);
    EXPECT_GT(opened.error().wait, 0ms);
    EXPECT_NE(opened.error().message.find("127.0.0.1:1"), std::string::npos);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
  }
}

TEST(Source, SaysThatAllBrokersAreDownAndGoesOnByItself) {
  MockCluster cluster(2);
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 10);
  Reader reader(options_for(cluster, "events"));
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return reader.values().size() == 10; }));

  cluster.set_up(false);
  ASSERT_TRUE(reader.poll_until([&] { return reader.last_error.has_value(); }));
  EXPECT_EQ(reader.last_error->code, "kafka.unreachable");
  EXPECT_EQ(reader.last_error->recovery, Recovery::retry);
  reader.poll_for(1s);
  EXPECT_TRUE(reader.last_error.has_value());

  cluster.set_up(true);
  ASSERT_TRUE(reader.poll_until([&] { return !reader.last_error; }));
  cluster.produce_numbers("events", 0, 10, 10);
  ASSERT_TRUE(reader.poll_until([&] { return reader.values().size() >= 20; }));
  EXPECT_EQ(reader.values().back(), "19");
}

}  // namespace
}  // namespace penstock::kafka
