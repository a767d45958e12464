#pragma once

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "contract/ledger.h"
#include "engine/lane_parts.h"
#include "engine/refused_rows.h"

namespace penstock {

/// Everything between seal and commit: hands sealed ranges to the outbox, settles what comes
/// back, and says how far each log may be committed.
///
/// Threads: one lane.
class Shipments {
 public:
  explicit Shipments(const LaneParts& parts)
      : parts_(parts),
        refused_(parts.source, parts.dead_letters, parts.open.errors(), parts.progress) {}

  /// Seals what is open, if there is something.
  void seal(OpenRange& open);

  /// Takes in outcomes; waits up to `wait` for one. Errors: the first delivery that failed for
  /// good, when all are taken in.
  Status settle(std::chrono::milliseconds wait);
  /// Sends refused rows to the error table. Errors: those of Source::read_again(), to be
  /// tried again.
  Status set_aside_refused();

  /// Nothing is on its way.
  bool empty() const { return parts_.outbox.open() == 0 && refused_.empty(); }
  /// How far these logs are delivered, where that moved since the last call.
  std::vector<ResumePoint> take_resume_points(const std::set<LogId>& logs);
  /// This log belongs to someone else now.
  void fence(LogId log) { ledger_.fence(log); }

 private:
  void send(std::optional<Block> block, const std::vector<Ticket>& tickets,
            const std::string& name);
  Status settle(Delivered& delivered);
  std::string name_of(const SealedRange& range);

  const LaneParts& parts_;
  OffsetLedger ledger_;
  RefusedRows refused_;
  std::uint64_t sealed_ = 0;
};

}  // namespace penstock
