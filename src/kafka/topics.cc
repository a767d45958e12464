#include "kafka/topics.h"

#include <algorithm>

#include "kafka/errors.h"

namespace penstock::kafka {
namespace {

void destroy_metadata(const rd_kafka_metadata_t* metadata) { rd_kafka_metadata_destroy(metadata); }
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Destroyer<destroy_metadata>>;

enum class Asked : std::uint8_t { known_topics, every_topic };

Result<Metadata> ask(const Client& client, Asked asked, std::chrono::milliseconds limit) {
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto code = rd_kafka_metadata(client.handle(), asked == Asked::every_topic ? 1 : 0, nullptr,
                                      &metadata, static_cast<int>(limit.count()));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failed_to("cannot list Kafka topics", code);
  return Metadata(metadata);
}

bool is_internal(std::string_view topic) { return topic.starts_with("__"); }

std::string existing_topics(const Client& client, std::chrono::milliseconds limit) {
  constexpr std::size_t kMost = 10;
  const auto metadata = ask(client, Asked::every_topic, limit);
  if (!metadata.ok()) return "";
  std::vector<std::string> names;
  for (int i = 0; i < metadata.value()->topic_cnt; ++i) {
    const std::string name = metadata.value()->topics[i].topic;
    const bool there = metadata.value()->topics[i].err == RD_KAFKA_RESP_ERR_NO_ERROR;
    if (there && !is_internal(name)) names.push_back(name);
  }
  if (names.empty()) return "; the cluster shows no topic at all";
  std::sort(names.begin(), names.end());
  std::string text = "; there is ";
  for (std::size_t i = 0; i < std::min(kMost, names.size()); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > kMost) text += " and " + std::to_string(names.size() - kMost) + " more";
  return text;
}

const rd_kafka_metadata_topic_t* find(const rd_kafka_metadata_t& metadata,
                                      const std::string& topic) {
  for (int i = 0; i < metadata.topic_cnt; ++i) {
    if (topic == metadata.topics[i].topic) return &metadata.topics[i];
  }
  return nullptr;
}

}  // namespace

Result<std::vector<TopicSize>> look_up_topics(const Client& client,
                                              const std::vector<std::string>& topics,
                                              std::chrono::milliseconds limit) {
  std::vector<Topic> known;  // the request asks for every topic that has an object
  known.reserve(topics.size());
  for (const std::string& topic : topics) {
    known.emplace_back(rd_kafka_topic_new(client.handle(), topic.c_str(), nullptr));
  }
  PENSTOCK_TRY(metadata, ask(client, Asked::known_topics, limit));

  std::vector<TopicSize> sizes;
  for (const std::string& topic : topics) {
    const rd_kafka_metadata_topic_t* found = find(*metadata, topic);
    const auto code = found == nullptr ? RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART : found->err;
    if (code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) {
      return error_of(code, "Kafka has no topic " + topic + existing_topics(client, limit));
    }
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failed_to("cannot read topic " + topic, code);
    sizes.push_back({topic, found->partition_cnt});
  }
  return sizes;
}

bool reaches_a_broker(const Client& client, std::chrono::milliseconds limit) {
  return ask(client, Asked::known_topics, limit).ok();
}

}  // namespace penstock::kafka
