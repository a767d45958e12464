#include "kafka/opening.h"

#include "kafka/start_offsets.h"
#include "kafka/topics.h"

namespace penstock::kafka {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLimit = 5s;

// Events are served in between: that a login was refused, or no broker is up, comes there.
Result<std::vector<TopicSize>> look_up(const Client& client, const SourceOptions& options,
                                       Health& health) {
  const auto deadline = Clock::now() + kLimit;
  for (;;) {
    auto topics = look_up_topics(client, topic_names(options.settings), 500ms);
    if (topics.ok()) health.recovered();
    if (topics.ok() || topics.error().recovery == Recovery::stop) return topics;
    while (const Event event = client.next_event(0ms)) {
      if (rd_kafka_event_type(event.get()) != RD_KAFKA_EVENT_ERROR) continue;
      PENSTOCK_OK(health.note(client, *event));
    }
    if (health.all_down()) return health.unreachable();
    if (Clock::now() > deadline) return topics;
  }
}

}  // namespace

Status look_around(const Client& client, const SourceOptions& options, Health& health,
                   Assignment& assignment) {
  PENSTOCK_TRY(topics, look_up(client, options, health));
  std::vector<const Log*> logs;
  for (const TopicSize& topic : topics) {
    for (std::int32_t partition = 0; partition < topic.partitions; ++partition) {
      Log& log = assignment.log_of(topic.topic, partition);
      log.there_at_open = true;
      logs.push_back(&log);
    }
  }
  if (options.until == Until::stopped) return done();
  PENSTOCK_TRY(ends, find_ends(client, logs, kLimit));
  for (std::size_t i = 0; i < logs.size(); ++i) assignment.log(logs[i]->id).end = ends[i];
  return done();
}

}  // namespace penstock::kafka
