#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "contract/ledger.h"
#include "engine/announcements.h"
#include "engine/lane_parts.h"
#include "engine/refused_rows.h"

namespace penstock {

/// Everything between seal and commit: hands sealed ranges to the outbox, settles what comes
/// back, and says how far each log may be committed. Where each log fills ranges of its own, it
/// delivers exactly once: see Announcements.
///
/// Threads: one lane.
class Shipments {
 public:
  explicit Shipments(const LaneParts& parts)
      : parts_(parts),
        announcements_(parts.clock),
        refused_(parts.source, parts.dead_letters, parts.open.errors(), parts.progress) {}

  /// A log that is ours from now on. Errors: engine.plan, those of Source::expect_before().
  Status gain(const Gained& gained);

  /// How many records of `batch` still belong to what its log has open; none when all do, and
  /// more may come. A range to be cut again ends where it did, any other at `most_rows`.
  std::optional<std::size_t> bound_in(const RecordBatch& batch, std::size_t most_rows) const;
  void seal_at_bound(OpenRange& open) { send(open.seal()); }
  /// Seals what is open, if there is something and it may end anywhere.
  void seal(LogId log, OpenRange& open);
  /// How long until one that may be sealed is due by its age; none while there is no such.
  std::optional<std::chrono::milliseconds> time_left(const SealPolicy& policy) const;
  /// So much is on its way that no more can be sealed.
  bool full() const { return announcements_.any_full(); }
  /// Forgets what is open of ranges that are cut again and cannot be brought to their ends now.
  void drop_unfinished();

  /// Takes in outcomes; waits up to `wait` for one. Errors: the first delivery that failed for
  /// good, when all are taken in.
  Status settle(std::chrono::milliseconds wait);
  /// Sends refused rows to the error table. Errors: those of Source::read_again(), to be
  /// tried again.
  Status set_aside_refused();

  /// Something is on its way.
  bool sending() const { return parts_.outbox.open() > 0 || !refused_.empty(); }
  /// Something is on its way, and one of these logs may be sent by us still.
  bool sending_of(const std::vector<LogId>& logs) const {
    return sending() && announcements_.any_ours(logs);
  }
  /// Nothing is on its way, nor waits to be sent.
  bool empty() const { return !sending() && !announcements_.holds_any(); }
  /// What is to be stored of these logs: how far they are delivered, and what will be sent.
  std::vector<ResumePoint> take_resume_points(const std::set<LogId>& logs);
  /// Sends what was held back until now. Errors: those of Source::take_stored().
  Status release_announced();

  /// This log is about to belong to someone else: sends no more of it than is on its way.
  void hold_off(LogId log);
  /// This log belongs to someone else now.
  void fence(LogId log);

 private:
  /// What this log has open may end anywhere.
  bool may_seal(LogId log) const;
  bool exactly_once() const { return parts_.open.sharing() == Sharing::one_per_log; }
  void send(SealedRange range);
  void send(std::optional<Block> block, const std::vector<Ticket>& tickets,
            const Announcements::Label& label);
  void recycle(std::vector<Sealed<Block>> unsent);
  Status settle(Delivered& delivered);
  std::string name_of(const SealedRange& range);

  const LaneParts& parts_;
  OffsetLedger ledger_;
  Announcements announcements_;  // of exactly-once only
  RefusedRows refused_;
  std::uint64_t sealed_ = 0;
};

}  // namespace penstock
