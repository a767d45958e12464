#include "kafka/prefetch.h"

#include <charconv>

namespace penstock::kafka {
namespace {

std::int64_t number(const ClientSettings& settings, const char* name) {
  std::int64_t value = 1;
  if (const auto found = settings.find(name); found != settings.end()) {
    const std::string& text = found->second;
    std::from_chars(text.data(), text.data() + text.size(), value);
  }
  return value;
}

void wake_broker_threads(const Client& client, const Assignment& assignment) {
  const PartitionList list = make_partition_list(8);
  for (const Log& log : assignment.logs()) {
    if (log.hold != Hold::owned) continue;
    rd_kafka_topic_partition_list_add(list.get(), log.topic.c_str(), log.partition)->offset =
        RD_KAFKA_OFFSET_END;
  }
  constexpr int kDoNotWaitMs = 0;
  if (list->cnt > 0) rd_kafka_offsets_for_times(client.handle(), list.get(), kDoNotWaitMs);
}

}  // namespace

Prefetch::Prefetch(const ClientSettings& settings)
    : most_messages_(number(settings, "queued.min.messages") / 4),
      most_bytes_(number(settings, "queued.max.messages.kbytes") * 1024 / 4) {}

void Prefetch::taken(std::int64_t messages, std::int64_t bytes, const Client& client,
                     const Assignment& assignment) {
  messages_ += messages;
  bytes_ += bytes;
  if (messages_ < most_messages_ && bytes_ < most_bytes_) return;
  messages_ = 0;
  bytes_ = 0;
  wake_broker_threads(client, assignment);
}

}  // namespace penstock::kafka
