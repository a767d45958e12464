#include "kafka/out_of_range.h"

#include <gtest/gtest.h>

#include <set>

#include "kafka/client_settings.h"
#include "kafka/source.h"
#include "kafka/tests/mock_cluster.h"
#include "kafka/tests/reader.h"

namespace penstock::kafka {
namespace {

using namespace std::chrono_literals;

/// As retention does: a mock partition drops its oldest batches above 5 MiB.
void expire_all_so_far(MockCluster& cluster) {
  const std::string large(900'000, 'x');
  for (int i = 0; i < 6; ++i) cluster.produce("events", 0, large);
}

/// The group goes on there.
void store_position(const MockCluster& cluster, std::int64_t offset, int partition = 0) {
  auto settings = client_settings(options_for(cluster, "events"));
  auto client = Client::make(settings.value());
  ASSERT_TRUE(client.ok());
  const PartitionList list = make_partition_list(1);
  rd_kafka_topic_partition_list_add(list.get(), "events", partition)->offset = offset;
  constexpr int kWait = 0;  // is "not async"
  ASSERT_EQ(rd_kafka_commit(client.value()->handle(), list.get(), kWait),
            RD_KAFKA_RESP_ERR_NO_ERROR);
}

/// The group has 10 of 100 records when they expire.
void fall_behind(MockCluster& cluster) {
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 100);
  store_position(cluster, 10);
  expire_all_so_far(cluster);
}

TEST(OutOfRange, SaysWhatExpiredBeforeTheStartAndBringsNoMore) {
  MockCluster cluster;
  fall_behind(cluster);
  SourceOptions options = options_for(cluster, "events");
  options.until = Until::caught_up;
  Reader reader(options);
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return !reader.lost_offsets.empty(); }));
  reader.poll_for(300ms);
  ASSERT_EQ(reader.lost_offsets.size(), 1u);
  const LostOffsets& lost = reader.lost_offsets.front();
  EXPECT_EQ(lost.topic, "events");
  EXPECT_EQ(lost.partition, 0);
  EXPECT_EQ(lost.first, 10);
  EXPECT_GE(lost.last, 99);
  EXPECT_FALSE(lost.passed);
  EXPECT_TRUE(reader.values().empty());
  EXPECT_FALSE(reader.caught_up);
}

TEST(OutOfRange, GoesOnBehindWhatExpiredWhereThatIsWanted) {
  MockCluster cluster;
  fall_behind(cluster);
  SourceOptions options = options_for(cluster, "events");
  options.on_data_loss = OnDataLoss::go_on;
  Reader reader(options);
  ASSERT_TRUE(reader.source().open().ok());
  cluster.produce("events", 0, "last");
  ASSERT_TRUE(reader.poll_until([&] {
    const auto values = reader.values();
    return !values.empty() && values.back() == "last";
  }));
  ASSERT_EQ(reader.lost_offsets.size(), 1u);
  const LostOffsets& lost = reader.lost_offsets.front();
  EXPECT_EQ(lost.first, 10);
  EXPECT_TRUE(lost.passed);
  EXPECT_EQ(reader.batches.front().span.resume_after, std::to_string(lost.last + 1));
}

// The client holds back what it has room for; the rest expires in the meantime. Twice.
TEST(OutOfRange, CountsExactlyWhatExpiresUnderAReaderThatRests) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  SourceOptions options = options_for(cluster, "events");
  options.on_data_loss = OnDataLoss::go_on;
  options.prefetch_bytes = 1u << 20;
  Reader reader(options);
  ASSERT_TRUE(reader.source().open().ok());
  cluster.produce("events", 0, "first");
  ASSERT_TRUE(reader.poll_until([&] { return reader.values().size() == 1; }));
  for (std::size_t rests = 1; rests <= 2; ++rests) {
    reader.source().pause();
    reader.poll_for(100ms);
    for (int i = 0; i < 2; ++i) expire_all_so_far(cluster);
    cluster.produce("events", 0, "last " + std::to_string(rests));
    reader.source().resume();
    ASSERT_TRUE(reader.poll_until(
        [&] { return reader.values().back() == "last " + std::to_string(rests); }));
    EXPECT_EQ(reader.lost_offsets.size(), rests);
  }
  std::set<std::int64_t> offsets;
  for (const RecordBatch& batch : reader.batches) {
    offsets.insert(batch.offsets.begin(), batch.offsets.end());
  }
  for (const LostOffsets& lost : reader.lost_offsets) {
    for (std::int64_t offset = lost.first; offset <= lost.last; ++offset) {
      EXPECT_TRUE(offsets.insert(offset).second) << offset;
    }
  }
  EXPECT_EQ(offsets.size(), 27u);
  EXPECT_EQ(*offsets.rbegin(), 26);
}

TEST(OutOfRange, EndsWhereALogEndsBeforeWhatWasReadBeItDrained) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 10);
  store_position(cluster, 50);
  SourceOptions options = options_for(cluster, "events");
  options.until = Until::caught_up;
  Reader reader(options);
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return reader.last_error || reader.caught_up; }));
  ASSERT_TRUE(reader.last_error.has_value());
  EXPECT_EQ(reader.last_error->code, "kafka.gone_back");
  EXPECT_EQ(reader.last_error->recovery, Recovery::stop);
  EXPECT_EQ(reader.last_error->message,
            "events/0 ends at offset 10, but was read up to 50: it was cut short, or deleted and "
            "made anew");
  EXPECT_FALSE(reader.caught_up);
}

TEST(OutOfRange, StaysStoppedThoughTheLogGrowsPastThePosition) {
  MockCluster cluster;
  cluster.create_topic("events", 2);
  cluster.produce_numbers("events", 0, 0, 10);
  cluster.produce_numbers("events", 1, 0, 20);
  for (const int partition : {0, 1}) store_position(cluster, 50, partition);
  for (int start = 0; start < 2; ++start) {
    Reader reader(options_for(cluster, "events"));
    ASSERT_TRUE(reader.source().open().ok());
    ASSERT_TRUE(reader.poll_until([&] { return reader.last_error.has_value(); }));
    EXPECT_EQ(reader.last_error->code, "kafka.gone_back");
    EXPECT_EQ(reader.last_error->recovery, Recovery::stop);
    const std::string& said = reader.last_error->message;
    EXPECT_NE(said.find("events/0 ends at offset 10, but"), std::string::npos) << said;
    EXPECT_NE(said.find("events/1 ends at offset 20, but"), std::string::npos) << said;
    EXPECT_TRUE(reader.values().empty());
    for (const int partition : {0, 1}) cluster.produce_numbers("events", partition, 100, 100);
  }
}

TEST(OutOfRange, EndsWhereALogEndsBeforeWhatIsExpectedOfIt) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 10);
  store_position(cluster, 5);
  SourceOptions options = options_for(cluster, "events");
  options.until = Until::caught_up;
  Reader reader(options);
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return reader.values().size() == 5; }));
  const LogId log = *reader.owned.begin();
  ASSERT_TRUE(reader.source().expect_before(log, 10).ok());
  ASSERT_TRUE(reader.poll_until([&] { return reader.caught_up; }));
  ASSERT_TRUE(reader.source().expect_before(log, 11).ok());
  reader.poll_once();
  EXPECT_FALSE(reader.caught_up);
  ASSERT_TRUE(reader.poll_until([&] { return reader.last_error.has_value(); }));
  EXPECT_EQ(reader.last_error->code, "kafka.gone_back");
  EXPECT_EQ(reader.last_error->message,
            "events/0 ends at offset 10, but was read up to 11: it was cut short, or deleted and "
            "made anew");
}

}  // namespace
}  // namespace penstock::kafka
