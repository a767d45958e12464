#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "kafka/client.h"

namespace penstock::kafka {

struct TopicSize {
  std::string topic;
  std::int32_t partitions = 0;
};

/// Asks the cluster for these topics, in order. Blocks up to `limit`.
/// Errors: kafka.unknown_topic (says which topics do exist), kafka.grant, and
/// kafka.unreachable or kafka.client when there was no answer.
Result<std::vector<TopicSize>> look_up_topics(const Client& client,
                                              const std::vector<std::string>& topics,
                                              std::chrono::milliseconds limit);

/// True when some broker answers within `limit`.
bool reaches_a_broker(const Client& client, std::chrono::milliseconds limit);

}  // namespace penstock::kafka
