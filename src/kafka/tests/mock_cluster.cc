#include "kafka/tests/mock_cluster.h"

#include <gtest/gtest.h>

namespace penstock::kafka {

MockCluster::MockCluster(int brokers) : brokers_(brokers) {
  rd_kafka_conf_t* configuration = rd_kafka_conf_new();
  char reason[256];
  rd_kafka_conf_set(configuration, "test.mock.num.brokers", std::to_string(brokers).c_str(), reason,
                    sizeof reason);
  rd_kafka_conf_set(configuration, "linger.ms", "1", reason, sizeof reason);
  rd_kafka_conf_set_log_cb(configuration, nullptr);
  producer_ = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, reason, sizeof reason);
  EXPECT_NE(producer_, nullptr) << reason;
  mock_ = rd_kafka_handle_mock_cluster(producer_);
}

MockCluster::~MockCluster() { rd_kafka_destroy(producer_); }

std::string MockCluster::brokers() const { return rd_kafka_mock_cluster_bootstraps(mock_); }

void MockCluster::create_topic(const char* topic, int partitions) {
  EXPECT_EQ(rd_kafka_mock_topic_create(mock_, topic, partitions, 1), RD_KAFKA_RESP_ERR_NO_ERROR);
}

void MockCluster::produce(const char* topic, std::int32_t partition, std::string_view value,
                          std::string_view key) {
  const auto code = rd_kafka_producev(
      producer_, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
      RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
      RD_KAFKA_V_KEY(key.data(), key.size()), RD_KAFKA_V_HEADER("from", "test", 4), RD_KAFKA_V_END);
  EXPECT_EQ(code, RD_KAFKA_RESP_ERR_NO_ERROR);
  EXPECT_EQ(rd_kafka_flush(producer_, 5000), RD_KAFKA_RESP_ERR_NO_ERROR);
}

void MockCluster::produce_numbers(const char* topic, std::int32_t partition, int first, int count) {
  for (int i = first; i < first + count; ++i) {
    const std::string value = std::to_string(i);
    rd_kafka_producev(producer_, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
                      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                      RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
                      RD_KAFKA_V_END);
  }
  EXPECT_EQ(rd_kafka_flush(producer_, 5000), RD_KAFKA_RESP_ERR_NO_ERROR);
}

void MockCluster::set_up(bool up) {
  for (int broker = 1; broker <= brokers_; ++broker) {
    if (up) {
      rd_kafka_mock_broker_set_up(mock_, broker);
    } else {
      rd_kafka_mock_broker_set_down(mock_, broker);
    }
  }
}

SourceOptions options_for(const MockCluster& cluster, const std::string& topics) {
  SourceOptions options;
  options.pipe = "test";
  options.settings.brokers = cluster.brokers();
  options.settings.topics = topics;
  options.settings.consumer_group = "group";
  options.client = {{"reconnect.backoff.max.ms", "500"},
                    {"fetch.wait.max.ms", "50"},
                    {"session.timeout.ms", "4000"},  // above the 3 s the mock's first join takes
                    {"heartbeat.interval.ms", "500"}};
  return options;
}

}  // namespace penstock::kafka
