#include "kafka/commits.h"

#include <algorithm>

#include "base/log.h"
#include "kafka/errors.h"

namespace penstock::kafka {

void Commits::want(Log& log, std::int64_t position) {
  if (log.hold != Hold::none) log.wanted = std::max(log.wanted, position);
}

Status Commits::send() {
  const PartitionList list = make_partition_list(8);
  for (Log& log : assignment_.logs()) {
    if (log.hold == Hold::none || log.wanted <= log.sent) continue;
    rd_kafka_topic_partition_list_add(list.get(), log.topic.c_str(), log.partition)->offset =
        log.wanted;
    log.sent = log.wanted;
  }
  if (list->cnt == 0) return done();
  const auto code =
      rd_kafka_commit_queue(client_->handle(), list.get(), client_->commits(), nullptr, nullptr);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failed_to("cannot commit offsets", code);
  ++in_flight_;
  return done();
}

Status Commits::collect() {
  while (in_flight_ > 0) {
    const Event event(rd_kafka_queue_poll(client_->commits(), 0));
    if (!event) break;
    PENSTOCK_OK(take_outcome(*event));
  }
  return done();
}

Status Commits::settle(std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (in_flight_ > 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) {
      return failed_to("cannot commit offsets in time", RD_KAFKA_RESP_ERR__TIMED_OUT);
    }
    const Event event(rd_kafka_queue_poll(client_->commits(), static_cast<int>(left.count())));
    if (event) PENSTOCK_OK(take_outcome(*event));
  }
  if (!all_stored() && last_refusal_) return *last_refusal_;
  return done();
}

bool Commits::all_stored() const {
  const auto& logs = assignment_.logs();
  return std::all_of(logs.begin(), logs.end(), [](const Log& log) {
    return log.hold == Hold::none || log.stored >= log.wanted;
  });
}

Status Commits::take_outcome(rd_kafka_event_t& event) {
  if (rd_kafka_event_type(&event) != RD_KAFKA_EVENT_OFFSET_COMMIT) return done();
  --in_flight_;
  const auto whole = rd_kafka_event_error(&event);
  const rd_kafka_topic_partition_list_t* list = rd_kafka_event_topic_partition_list(&event);
  auto refusal = whole;
  for (int i = 0; list != nullptr && i < list->cnt; ++i) {
    const rd_kafka_topic_partition_t& part = list->elems[i];
    Log& log = assignment_.log_of(part.topic, part.partition);
    const auto code = part.err != RD_KAFKA_RESP_ERR_NO_ERROR ? part.err : whole;
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      log.stored = std::max(log.stored, part.offset);
    } else {
      refusal = code;
      log.sent = std::min(log.sent, log.stored);
    }
  }
  if (refusal == RD_KAFKA_RESP_ERR_NO_ERROR) return done();

  last_refusal_ = failed_to("cannot commit offsets", refusal);
  const bool curable = is_generation_change(refusal) || last_refusal_->recovery == Recovery::retry;
  if (!curable) return *last_refusal_;
  log::debug("offsets will be committed again", {{"reason", last_refusal_->message}});
  return done();
}

}  // namespace penstock::kafka
