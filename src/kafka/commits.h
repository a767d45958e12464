#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/source.h"
#include "kafka/assignment.h"
#include "kafka/client.h"

namespace penstock::kafka {

/// Stores positions and their notes in the consumer group. Offsets only ever move forward; a
/// position whose commit failed is sent again, or replaced by a newer one. One commit is on its
/// way at a time: librdkafka repeats commits by itself, and a repeat must not land on a newer one.
/// Threads: the lane's.
class Commits {
 public:
  using Clock = std::chrono::steady_clock;

  /// `session`: how long the group keeps a member it does not hear of.
  Commits(std::shared_ptr<Client> client, Assignment& assignment, std::chrono::milliseconds session)
      : client_(std::move(client)), assignment_(assignment), session_(session) {}

  /// Notes that everything before `position` is delivered.
  void want(Log& log, Position position);

  /// The log begins anew at `offset`: stores that, be it behind what was stored.
  void begin_anew(Log& log, std::int64_t offset);

  /// A person has to say where to go on: stores that beside the position, and wants no more.
  void mark_gone_back(Log& log, std::string_view reason);

  /// Sends what is wanted, once nothing is on its way. Does not wait.
  Status send();

  /// Takes in the outcome if it has arrived. Errors: refusals that repeating does
  /// not cure, such as a missing ACL; the others are kept for the next send(). That a topic is
  /// gone is not told from here.
  Status collect();

  /// Sends and waits until all that is wanted is stored, but of logs that have nothing where they
  /// were to go on. Errors: as collect(), the
  /// last refusal, and kafka.unreachable when `limit` passes.
  Status settle(std::chrono::milliseconds limit);

  /// See Source::take_stored().
  std::vector<Stored> take_stored();

  /// The group is being dealt anew: a commit would arrive under an old generation, be refused,
  /// and cost us all partitions. So none is sent until go_on(), or a few seconds have passed.
  void hold_back();
  void go_on() { held_until_ = {}; }

 private:
  /// The commit on its way; whose answer is awaited while it is not empty.
  struct Sent {
    LogId log{};
    std::uint64_t turn = 0;
    std::uint64_t number = 0;
  };

  bool all_stored() const;
  Status take_outcome(rd_kafka_event_t& event);
  void note_stored(const Sent& sent);

  const std::shared_ptr<Client> client_;
  Assignment& assignment_;
  const std::chrono::milliseconds session_;
  std::vector<Sent> sent_;
  Clock::time_point sent_at_{};
  Clock::time_point held_until_{};
  std::map<LogId, Stored> stored_;  // since the last take_stored()
  std::optional<Error> last_refusal_;
};

}  // namespace penstock::kafka
