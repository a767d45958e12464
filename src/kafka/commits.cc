#include "kafka/commits.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/log.h"
#include "kafka/errors.h"
#include "kafka/gone_back.h"

namespace penstock::kafka {
namespace {

constexpr std::chrono::seconds kLongestHold(5);

/// The list frees it.
void set_note(rd_kafka_topic_partition_t& part, const std::string& note) {
  if (note.empty()) return;
  part.metadata = std::malloc(note.size());
  std::memcpy(part.metadata, note.data(), note.size());
  part.metadata_size = note.size();
}

// What becomes of its position is not known yet.
bool is_in_doubt(const Log& log) {
  return log.hold == Hold::owned && log.out_of_range != kUnknownOffset;
}

}  // namespace

void Commits::want(Log& log, Position position) {
  if (log.hold == Hold::none || position.offset < log.wanted.offset) return;
  if (gone_back_reason(log.wanted.note)) return;
  log.wanted = std::move(position);
  ++log.wanted_turn;
}

void Commits::begin_anew(Log& log, std::int64_t offset) {
  log.wanted = {.offset = offset};
  ++log.wanted_turn;
}

void Commits::mark_gone_back(Log& log, std::string_view reason) {
  log.wanted.note = gone_back_note(reason);
  ++log.wanted_turn;
}

Status Commits::send() {
  if (!sent_.empty() || Clock::now() < held_until_) return done();
  const PartitionList list = make_partition_list(8);
  for (Log& log : assignment_.logs()) {
    if (log.hold == Hold::none || log.wanted_turn == log.sent_turn) continue;
    if (is_in_doubt(log)) continue;
    auto* part = rd_kafka_topic_partition_list_add(list.get(), log.topic.c_str(), log.partition);
    part->offset = log.wanted.offset;
    set_note(*part, log.wanted.note);
    log.sent_turn = log.wanted_turn;
    sent_.push_back({log.id, log.wanted_turn, log.wanted.number});
  }
  if (list->cnt == 0) return done();
  sent_at_ = Clock::now();
  const auto code =
      rd_kafka_commit_queue(client_->handle(), list.get(), client_->commits(), nullptr, nullptr);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return done();
  for (const Sent& sent : std::exchange(sent_, {})) {
    Log& log = assignment_.log(sent.log);
    log.sent_turn = log.stored_turn;
  }
  return failed_to("cannot commit offsets", code);
}

Status Commits::collect() {
  while (!sent_.empty()) {
    const Event event(rd_kafka_queue_poll(client_->commits(), 0));
    if (!event) break;
    PENSTOCK_OK(take_outcome(*event));
  }
  return done();
}

Status Commits::settle(std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  last_refusal_.reset();
  while (!all_stored()) {
    if (sent_.empty() && last_refusal_) return *last_refusal_;
    PENSTOCK_OK(send());
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) {
      return failed_to("cannot commit offsets in time", RD_KAFKA_RESP_ERR__TIMED_OUT);
    }
    if (sent_.empty()) {
      return failed_to("the group takes no offsets now", RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS);
    }
    const Event event(rd_kafka_queue_poll(client_->commits(), static_cast<int>(left.count())));
    if (event) PENSTOCK_OK(take_outcome(*event));
  }
  return done();
}

std::vector<Stored> Commits::take_stored() {
  std::vector<Stored> all;
  for (const auto& [log, stored] : std::exchange(stored_, {})) all.push_back(stored);
  return all;
}

void Commits::hold_back() { held_until_ = Clock::now() + kLongestHold; }

bool Commits::all_stored() const {
  const auto& logs = assignment_.logs();
  return std::all_of(logs.begin(), logs.end(), [](const Log& log) {
    return log.hold == Hold::none || is_in_doubt(log) || log.stored_turn == log.wanted_turn;
  });
}

Status Commits::take_outcome(rd_kafka_event_t& event) {
  if (rd_kafka_event_type(&event) != RD_KAFKA_EVENT_OFFSET_COMMIT) return done();
  const auto whole = rd_kafka_event_error(&event);
  rd_kafka_topic_partition_list_t* list = rd_kafka_event_topic_partition_list(&event);
  auto refusal = whole;
  for (const Sent& sent : std::exchange(sent_, {})) {
    Log& log = assignment_.log(sent.log);
    const auto* part = list == nullptr ? nullptr
                                       : rd_kafka_topic_partition_list_find(list, log.topic.c_str(),
                                                                            log.partition);
    const auto code =
        part != nullptr && part->err != RD_KAFKA_RESP_ERR_NO_ERROR ? part->err : whole;
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      note_stored(sent);
    } else {
      refusal = code;
      if (log.sent_turn == sent.turn) log.sent_turn = log.stored_turn;
    }
  }
  if (refusal == RD_KAFKA_RESP_ERR_NO_ERROR) return done();

  last_refusal_ = failed_to("cannot commit offsets", refusal);
  const bool no_topic = refusal == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
  if (no_topic) hold_back();  // the group will notice, too
  const bool curable =
      no_topic || is_generation_change(refusal) || last_refusal_->recovery == Recovery::retry;
  if (!curable) return *last_refusal_;
  log::debug("offsets will be committed again", {{"reason", last_refusal_->message}});
  return done();
}

// A log that went and came back since has had its turn moved on: that answer is not about us.
void Commits::note_stored(const Sent& sent) {
  Log& log = assignment_.log(sent.log);
  if (sent.turn <= log.stored_turn) return;
  log.stored_turn = sent.turn;
  // The group gives a member the whole session again with each commit it takes.
  stored_[sent.log] = {sent.log, sent.number, sent_at_ + session_};
}

}  // namespace penstock::kafka
