#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "base/byte_budget.h"
#include "contract/decoder.h"
#include "contract/ledger.h"
#include "contract/source.h"
#include "engine/block_growth.h"
#include "engine/dead_letters.h"
#include "engine/lineup.h"
#include "engine/open_block.h"
#include "engine/outbox.h"
#include "engine/pipe_events.h"
#include "engine/progress.h"
#include "engine/refused_rows.h"
#include "engine/reject_rate.h"
#include "engine/table_watch.h"
#include "engine/undecoded.h"

namespace penstock {

/// What a lane works with; all of it outlives the lane.
struct LaneParts {
  Source<RecordBatch>& source;
  std::unique_ptr<Decoder>& decoder;
  OpenBlock& open;
  DeadLetters& dead_letters;
  Outbox& outbox;
  ByteBudget& budget;
  PipeEvents& events;
  Progress& progress;
  const TableWatch* table = nullptr;  // none: the table stays as it is
  Lineup* lineup = nullptr;           // with the pipe's other lanes; none when there are no others
  std::size_t number = 0;             // of this lane, in the lineup
};

struct LaneOptions {
  SealPolicy seal;
  /// What blocks may grow to while the lane is behind; no less than `seal`.
  SealPolicy largest{.rows = 0, .bytes = 0};
  RejectLimit reject_limit;
  bool until_caught_up = false;
  /// How long a stop may take to deliver what is open; the rest is read again next time.
  std::chrono::milliseconds stop_limit{6000};
  /// How long a log that moves to another member may be held back to deliver its rows.
  std::chrono::milliseconds hand_over_limit{10000};
};

/// Carries the records of its logs from poll to delivered block on one thread.
/// Everything it touches except the Outbox is its own, so nothing is locked.
class IngestLane {
 public:
  IngestLane(LaneParts parts, LaneOptions options)
      : parts_(parts),
        options_(options),
        growth_(options.seal, options.largest),
        lineup_(parts.lineup != nullptr ? *parts.lineup : alone_),
        limits_(options.seal),
        reject_rate_(options.reject_limit),
        refused_(parts.source, parts.dead_letters, parts.progress),
        table_version_(parts.table != nullptr ? parts.table->number() : 0) {}

  /// Returns when stopped, caught up, or unable to go on. In every case the
  /// positions committed are those of delivered rows.
  Status run(const std::stop_token& stop);

 private:
  using Clock = OpenBlock::Clock;

  Status carry(const std::stop_token& stop);
  Status follow_table();
  Status read();
  Status decode_undecoded();
  Status decode(const RecordBatch& batch, Ticket ticket);
  void seal();
  void seal_one(OpenBlock& open);
  Status settle_deliveries(std::chrono::milliseconds wait);
  Status settle(Delivered& delivered);
  Status set_aside_refused();
  void balance_memory();
  void pause_or_resume();
  void report();
  bool nothing_open() const;
  Status follow_ownership(const Polled<RecordBatch>& polled);
  Status hand_over(const std::vector<LogId>& leaving);
  Status commit_progress(bool wait);
  Status commit_for_good();
  void commit_what_is_delivered();
  Status finish_open_work(Clock::time_point deadline, const std::stop_token* stop);
  Status drain(const std::stop_token& stop);

  const LaneParts parts_;
  const LaneOptions options_;
  const BlockGrowth growth_;

  Lineup alone_{1};
  Lineup& lineup_;
  SealPolicy limits_;  // of the open block, by the present lag
  OffsetLedger ledger_;
  std::set<LogId> owned_;
  RejectRate reject_rate_;
  RefusedRows refused_;
  Undecoded undecoded_;
  std::vector<Reject> rejects_;      // scratch
  std::size_t record_bytes_ = 4096;  // of one value, as the last batches had it
  bool short_of_memory_ = false;
  bool paused_ = false;
  bool in_trouble_ = false;  // with the source, and said so
  std::uint64_t table_version_ = 0;
  bool settled_ = false;
  bool caught_up_ = false;
  std::size_t logs_ = 0;
};

}  // namespace penstock
