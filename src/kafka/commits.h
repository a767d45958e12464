#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "contract/source.h"
#include "kafka/assignment.h"
#include "kafka/client.h"

namespace penstock::kafka {

/// Stores positions in the consumer group. Offsets only ever move forward; one
/// whose commit failed is sent again with the next commit, or replaced by it.
/// Threads: the lane's.
class Commits {
 public:
  Commits(std::shared_ptr<Client> client, Assignment& assignment)
      : client_(std::move(client)), assignment_(assignment) {}

  /// Notes that everything before `position` is delivered.
  void want(Log& log, std::int64_t position);

  /// Sends what is wanted and not on its way. Does not wait.
  Status send();

  /// Takes in the outcomes that have arrived. Errors: refusals that repeating does
  /// not cure, such as a missing ACL; the others are kept for the next send().
  Status collect();

  /// Waits until nothing is on its way. Errors: as collect(), and
  /// kafka.unreachable when `limit` passes.
  Status settle(std::chrono::milliseconds limit);

  /// True when every wanted position of a log we hold is stored.
  bool all_stored() const;

 private:
  Status take_outcome(rd_kafka_event_t& event);

  const std::shared_ptr<Client> client_;
  Assignment& assignment_;
  std::size_t in_flight_ = 0;
  std::optional<Error> last_refusal_;
};

}  // namespace penstock::kafka
