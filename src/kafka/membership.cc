#include "kafka/membership.h"

#include <fmt/format.h>

#include <algorithm>

#include "kafka/errors.h"
#include "kafka/gone_back.h"
#include "kafka/start_offsets.h"

namespace penstock::kafka {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kAnswerLimit(5);  // for one question to the brokers

Status outcome(const ClientError& error, const char* tried) {
  if (!error) return done();
  return error_of(rd_kafka_error_code(error.get()),
                  std::string(tried) + ": " + rd_kafka_error_string(error.get()));
}

Status subscribe(Client& client, const std::vector<std::string>& topics) {
  const PartitionList list = make_partition_list(static_cast<int>(topics.size()));
  for (const std::string& topic : topics) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  }
  const auto code = rd_kafka_subscribe(client.handle(), list.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failed_to("cannot subscribe to topics", code);
  client.wait_for_first_assignment(true);
  return done();
}

Status take(const Client& client, const rd_kafka_topic_partition_list_t& partitions) {
  const ClientError refused(rd_kafka_incremental_assign(client.handle(), &partitions));
  return outcome(refused, "cannot take the partitions the group gave us");
}

Status hand_back(Client& client, const rd_kafka_topic_partition_list_t& partitions) {
  for (int i = 0; i < partitions.cnt; ++i) {
    client.hand_back(partitions.elems[i].topic, partitions.elems[i].partition);
  }
  const ClientError refused(rd_kafka_incremental_unassign(client.handle(), &partitions));
  if (!refused) return done();
  // We never took them. The group still wants its answer.
  const PartitionList none = make_partition_list(0);
  const ClientError at_all(rd_kafka_incremental_unassign(client.handle(), none.get()));
  return outcome(at_all, "cannot hand partitions back to the group");
}

bool assignment_lost(const Client& client) {
  return rd_kafka_assignment_lost(client.handle()) != 0;
}

Status check_marks(const std::vector<Log*>& logs, const std::vector<Start>& starts) {
  std::vector<std::string> stopped;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const auto reason = gone_back_reason(starts[i].stored.note);
    if (!reason) continue;
    stopped.push_back(fmt::format("{}/{} {}", logs[i]->topic, logs[i]->partition, *reason));
  }
  return stopped.empty() ? done() : Status(gone_back_error(stopped, Recovery::stop));
}

bool is_member(const Client& client) {
  char* id = rd_kafka_memberid(client.handle());
  const bool known = id != nullptr && *id != '\0';
  if (id != nullptr) rd_kafka_mem_free(client.handle(), id);
  return known;
}

}  // namespace

Membership::Membership(std::shared_ptr<Client> client, Assignment& assignment, Commits& commits,
                       const SourceOptions& options)
    : client_(std::move(client)),
      assignment_(assignment),
      commits_(commits),
      offset_(options.settings.offset),
      footprint_(options.footprint),
      region_(options.region),
      parts_(options.parts) {}

Status Membership::join(const std::vector<std::string>& topics) {
  if (footprint_ == Footprint::member) return subscribe(*client_, topics);
  offered_ = make_partition_list(8);
  for (const Log& log : assignment_.logs()) {
    if (!parts_.empty() && part_of(log) == nullptr) continue;
    rd_kafka_topic_partition_list_add(offered_.get(), log.topic.c_str(), log.partition);
  }
  return done();
}

void Membership::follow(rd_kafka_event_t& event) {
  PartitionList list(
      rd_kafka_topic_partition_list_copy(rd_kafka_event_topic_partition_list(&event)));
  if (rd_kafka_event_error(&event) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    client_->wait_for_first_assignment(false);
    client_->forget_handed_back();
    offered_ = std::move(list);
    commits_.go_on();
    return;
  }
  revoked_ = std::move(list);
  if (assignment_lost(*client_)) return;  // check_lost() comes next
  for (Log* log : logs_in(revoked_)) {
    log->hold = Hold::leaving;
    changes_.leaving.push_back(log->id);
  }
}

Status Membership::take_offered() {
  if (!offered_) return done();
  const std::vector<Log*> logs = logs_in(offered_);
  const bool member = footprint_ == Footprint::member;
  PENSTOCK_TRY(starts,
               find_starts(*client_, {logs.begin(), logs.end()}, offset_,
                           member ? StoredOffsets::use : StoredOffsets::ignore, kAnswerLimit));
  PENSTOCK_OK(check_marks(logs, starts));
  PENSTOCK_TRY(ends, find_ends(*client_, {logs.begin(), logs.end()}, kAnswerLimit));
  for (std::size_t i = 0; i < logs.size(); ++i) {
    if (const LogPart* part = part_of(*logs[i])) {
      starts[i].offset = part->first;
      logs[i]->end = part->end;
    }
    if (region_) starts[i].offset = first_offset(*region_, starts[i].offset, logs[i]->end);
    offered_->elems[i].offset = starts[i].offset;
    client_->forward_records(offered_->elems[i].topic, offered_->elems[i].partition);
  }
  const PartitionList taken = std::move(offered_);
  PENSTOCK_OK(take(*client_, *taken));

  given_ = true;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const std::int64_t offset = starts[i].offset;
    const bool moved = offset != starts[i].stored.offset;
    logs[i]->end_at_gain = ends[i];
    assignment_.gain(*logs[i], offset, std::move(starts[i].stored));
    if (region_) logs[i]->end = std::min(logs[i]->end, offset + region_->offsets);
    const std::string& note = logs[i]->wanted.note;
    changes_.gained.push_back({logs[i]->id, std::to_string(offset), note});
    // Else a restart before the first commit would begin later than we do now.
    const bool moves = offset_.strategy != OffsetStrategy::from_beginning;
    if (member && moves && moved) commits_.want(*logs[i], {.offset = offset, .note = note});
  }
  return commits_.send();
}

const LogPart* Membership::part_of(const Log& log) const {
  const auto found = std::ranges::find_if(parts_, [&](const LogPart& part) {
    return part.partition == log.partition && part.topic == log.topic;
  });
  return found == parts_.end() ? nullptr : &*found;
}

std::vector<Log*> Membership::logs_in(const PartitionList& list) {
  std::vector<Log*> logs;
  logs.reserve(static_cast<std::size_t>(list->cnt));
  for (int i = 0; i < list->cnt; ++i) {
    logs.push_back(&assignment_.log_of(list->elems[i].topic, list->elems[i].partition));
  }
  return logs;
}

Status Membership::check_lost() {
  if (!revoked_ || !assignment_lost(*client_)) return done();
  for (Log* log : logs_in(revoked_)) {
    log->hold = Hold::none;
    log->there_at_open = false;  // without a position when it comes back, it is of a new topic
    std::erase(changes_.leaving, log->id);
    changes_.lost.push_back(log->id);
  }
  return hand_back_revoked();
}

Status Membership::release(std::span<const LogId> logs) {
  for (const LogId id : logs) {
    Log& log = assignment_.log(id);
    if (log.hold == Hold::leaving) log.hold = Hold::none;
  }
  if (!revoked_ || assignment_.any(Hold::leaving)) return done();
  return hand_back_revoked();
}

// librdkafka has ended this log's fetcher; only taking the partition anew begins another one. Its
// main thread serves both calls in order, so the queue that the first takes apart is whole again.
Status Membership::go_on_at(Log& log, std::int64_t offset) {
  const PartitionList list = make_partition_list(1);
  rd_kafka_topic_partition_list_add(list.get(), log.topic.c_str(), log.partition)->offset = offset;
  const ClientError refused(rd_kafka_incremental_unassign(client_->handle(), list.get()));
  PENSTOCK_OK(outcome(refused, "cannot move on in a partition"));
  PENSTOCK_OK(take(*client_, *list));
  client_->forward_records(log.topic.c_str(), log.partition);
  log.position = offset;
  return done();
}

Status Membership::hand_back_revoked() {
  const PartitionList gone = std::move(revoked_);
  commits_.hold_back();
  return hand_back(*client_, *gone);
}

// Every question is answered once, not more: an answer that no question waits for
// can meet a group that has ended, and then nobody tells it so.
Status Membership::leave(std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  if (std::exchange(offered_, nullptr)) (void)take(*client_, *make_partition_list(0));
  if (revoked_) (void)hand_back_revoked();
  rd_kafka_unsubscribe(client_->handle());
  // librdkafka forgets the member id as it says good-bye. Closed while it still takes
  // partitions back, it goes without a word, and they wait for the session to run out.
  const auto patience = deadline - limit / 2;
  while (is_member(*client_) && Clock::now() < patience) {
    const Event event = client_->next_event(std::chrono::milliseconds(1));
    if (event) answer_with_nothing(*event);
  }
  while (const Event event = client_->next_event(std::chrono::milliseconds(0))) {
    answer_with_nothing(*event);
  }
  const ClientError refused(rd_kafka_consumer_close_queue(client_->handle(), client_->events()));
  PENSTOCK_OK(outcome(refused, "cannot leave the consumer group"));
  while (rd_kafka_consumer_closed(client_->handle()) == 0) {
    if (Clock::now() > deadline) {
      return failed_to("cannot leave the consumer group in time", RD_KAFKA_RESP_ERR__TIMED_OUT);
    }
    const Event event = client_->next_event(std::chrono::milliseconds(10));
    if (event) answer_with_nothing(*event);
  }
  return done();
}

void Membership::answer_with_nothing(rd_kafka_event_t& event) {
  if (rd_kafka_event_type(&event) != RD_KAFKA_EVENT_REBALANCE) return;
  if (rd_kafka_event_error(&event) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    client_->wait_for_first_assignment(false);
    (void)take(*client_, *make_partition_list(0));
  } else {
    (void)hand_back(*client_, *rd_kafka_event_topic_partition_list(&event));
  }
}

}  // namespace penstock::kafka
