#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "kafka/client.h"
#include "kafka/source.h"

// librdkafka's mock header needs rdkafka.h first.
#include <librdkafka/rdkafka_mock.h>

namespace penstock::kafka {

/// A cluster of librdkafka's mock brokers in this process, with a producer to fill
/// it. Listens on loopback. Gone with the object.
class MockCluster {
 public:
  explicit MockCluster(int brokers = 1);
  ~MockCluster();
  MockCluster(const MockCluster&) = delete;
  MockCluster& operator=(const MockCluster&) = delete;

  std::string brokers() const;
  void create_topic(const char* topic, int partitions);
  void produce(const char* topic, std::int32_t partition, std::string_view value,
               std::string_view key = {});
  /// Values "<first>", "<first + 1>", … up to `count` of them.
  void produce_numbers(const char* topic, std::int32_t partition, int first, int count);
  void set_up(bool up);

  rd_kafka_mock_cluster_t* mock() const { return mock_; }

 private:
  rd_kafka_t* producer_ = nullptr;
  rd_kafka_mock_cluster_t* mock_ = nullptr;
  const int brokers_;
};

/// Options for a source on this cluster, with group "group".
SourceOptions options_for(const MockCluster& cluster, const std::string& topics);

}  // namespace penstock::kafka
