#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "kafka/assignment.h"
#include "kafka/client.h"
#include "kafka/commits.h"
#include "kafka/source.h"

namespace penstock::kafka {

/// Which logs came and went; see Polled.
struct Changes {
  std::vector<Gained> gained;
  std::vector<LogId> leaving;
  std::vector<LogId> lost;
};

/// Our place in the consumer group: takes what the group gives, and gives back
/// what it wants when the lane has released it.
///
/// The group is cooperative: it names only what comes or goes, and waits for our
/// answer before it names anything else. While it waits, librdkafka holds all
/// partitions still. Threads: the lane's.
class Membership {
 public:
  /// Keeps no reference to `options`.
  Membership(std::shared_ptr<Client> client, Assignment& assignment, Commits& commits,
             const SourceOptions& options);

  /// Joins the group; an onlooker instead takes every partition there is.
  Status join(const std::vector<std::string>& topics);
  /// Takes in a rebalance event. The answer is given later, outside of it.
  void follow(rd_kafka_event_t& event);
  /// Takes what was offered: asks where to begin, and begins there. Errors: those of
  /// the brokers; the offer stays open, so call again. kafka.gone_back while a person has to tell
  /// where to go on, see gone_back.h.
  Status take_offered();
  /// Notices that what we were about to release was taken from us.
  Status check_lost();
  /// Gives back once the last leaving log is released.
  Status release(std::span<const LogId> logs);
  /// Something is offered or wanted back, and not answered yet.
  bool rebalancing() const { return offered_ || revoked_; }
  /// Reads on at `offset` of a log of ours that came to rest. Not while rebalancing().
  Status go_on_at(Log& log, std::int64_t offset);

  Changes take_changes() { return std::exchange(changes_, {}); }
  /// The group has said what is ours (be it nothing), and we took it.
  bool settled() const { return given_ && !offered_; }

  /// Leaves the group, so that others need not wait for our session to end. To be
  /// called before the client ends, even when nobody listens: librdkafka 2.0 waits
  /// for ever, in close and in destroy, for the answer to partitions it offered.
  /// Errors: kafka.unreachable when it took longer than `limit`; the group notices later.
  Status leave(std::chrono::milliseconds limit);

 private:
  /// Null: all of the log, or none where other parts are named.
  const LogPart* part_of(const Log& log) const;
  std::vector<Log*> logs_in(const PartitionList& list);
  Status hand_back_revoked();
  void answer_with_nothing(rd_kafka_event_t& event);

  const std::shared_ptr<Client> client_;
  Assignment& assignment_;
  Commits& commits_;
  const OffsetSettings offset_;
  const Footprint footprint_;
  const std::optional<Region> region_;
  const std::vector<LogPart> parts_;

  PartitionList offered_;  // what the group gives us and we have not taken yet
  PartitionList revoked_;  // what the group wants back and the lane has not released yet
  Changes changes_;
  bool given_ = false;
};

}  // namespace penstock::kafka
