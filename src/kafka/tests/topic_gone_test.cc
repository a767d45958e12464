#include <gtest/gtest.h>

#include "kafka/source.h"
#include "kafka/tests/mock_cluster.h"
#include "kafka/tests/reader.h"

namespace penstock::kafka {
namespace {

using namespace std::chrono_literals;

/// A topic of ten records, a reader that has them all, and no topic any more.
struct World {
  explicit World(OnDataLoss policy) : reader(options(cluster, policy)) {
    cluster.create_topic("events", 1);
    cluster.produce_numbers("events", 0, 0, 10);
    EXPECT_TRUE(reader.source().open().ok());
    EXPECT_TRUE(reader.poll_until([&] { return reader.values().size() == 10; }));
    set_topic_error(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  }

  static SourceOptions options(const MockCluster& cluster, OnDataLoss policy) {
    SourceOptions options = options_for(cluster, "events");
    options.on_data_loss = policy;
    options.client["topic.metadata.refresh.interval.ms"] = "200";
    return options;
  }
  void set_topic_error(rd_kafka_resp_err_t code) const {
    rd_kafka_mock_topic_set_error(cluster.mock(), "events", code);
  }

  MockCluster cluster;
  Reader reader;
};

TEST(TopicGone, StopsAReaderAndSaysWhichTopicItWas) {
  World world(OnDataLoss::pause);
  ASSERT_TRUE(world.reader.poll_until([&] { return world.reader.last_error.has_value(); }));
  const Error& error = *world.reader.last_error;
  EXPECT_EQ(error.code, "kafka.unknown_topic");
  EXPECT_EQ(error.recovery, Recovery::stop);
  EXPECT_NE(error.message.find("events"), std::string::npos) << error.message;
}

TEST(TopicGone, IsWaitedForWhereThatIsWanted) {
  World world(OnDataLoss::go_on);
  Reader& reader = world.reader;
  ASSERT_TRUE(reader.poll_until([&] { return reader.owned.empty() || reader.last_error; }));
  EXPECT_FALSE(reader.last_error.has_value()) << reader.last_error->message;
  world.set_topic_error(RD_KAFKA_RESP_ERR_NO_ERROR);
  world.cluster.produce("events", 0, "more");
  ASSERT_TRUE(reader.poll_until([&] {
    const auto values = reader.values();
    return !values.empty() && values.back() == "more";
  }));
}

// librdkafka 2.0 would wait for itself; see Client::hand_back().
TEST(TopicGone, DoesNotKeepAReaderFromEnding) {
  World world(OnDataLoss::go_on);
  ASSERT_TRUE(world.reader.poll_until([&] { return world.reader.owned.empty(); }));
  EXPECT_TRUE(world.reader.source().close(5s).ok());
}

}  // namespace
}  // namespace penstock::kafka
