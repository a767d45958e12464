#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "contract/source.h"
#include "kafka/assignment.h"
#include "kafka/client.h"
#include "kafka/commits.h"
#include "kafka/membership.h"
#include "kafka/source.h"

namespace penstock::kafka {

/// What becomes of a log that has nothing at the offset where we were to go on. Below what it has,
/// retention overtook us; beyond, it was cut short, or its topic deleted and made anew.
///
/// The broker refuses the fetch, librdkafka says so behind all it brought before
/// (auto.offset.reset=error) and lets the log rest. So nothing is ever passed over unseen, whenever
/// it happened: before the start, while we slept, after a rebalance. Threads: the lane's.
class OutOfRange {
 public:
  /// Keeps a reference to `settings`, those of the client.
  OutOfRange(std::shared_ptr<Client> client, const ClientSettings& settings, Assignment& assignment,
             Membership& membership, Commits& commits, OnDataLoss policy)
      : client_(std::move(client)),
        settings_(settings),
        assignment_(assignment),
        membership_(membership),
        commits_(commits),
        policy_(policy) {}

  /// The broker has nothing at `offset` of this log of ours.
  void note(Log& log, std::int64_t offset);

  /// We had everything of this log of ours before `next` once: notes it where it ended earlier
  /// when we took it. Errors: those of the brokers.
  Status expect_before(Log& log, std::int64_t next);

  /// Looks into one log that was noted, if there is one: asks for its bounds, and goes on behind
  /// what is lost where the policy says so. Blocks some seconds at most. Errors: those of the
  /// brokers, to be tried again; kafka.gone_back for a log that ends before, with Recovery::rebuild
  /// when the group's position went with the topic, or the log is empty: then it is read from its
  /// beginning. Else a person has to tell where to go on, and each further start says so.
  Result<std::optional<LostOffsets>> look();

 private:
  Log* next_noted();
  Result<std::optional<LostOffsets>> gone_back(Log& log, std::int64_t begin);
  Status store(Log& log);

  const std::shared_ptr<Client> client_;
  const ClientSettings& settings_;
  Assignment& assignment_;
  Membership& membership_;
  Commits& commits_;
  const OnDataLoss policy_;
  bool noted_ = false;                // something that was not looked into
  std::vector<std::string> stopped_;  // logs where a person has to tell, and why
};

}  // namespace penstock::kafka
