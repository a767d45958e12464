#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/byte_budget.h"
#include "base/clock.h"
#include "contract/decoder.h"
#include "contract/source.h"
#include "engine/block_growth.h"
#include "engine/dead_letters.h"
#include "engine/lineup.h"
#include "engine/open_ranges.h"
#include "engine/outbox.h"
#include "engine/pipe_events.h"
#include "engine/progress.h"
#include "engine/reject_rate.h"
#include "engine/seal_pressure.h"
#include "engine/table_watch.h"

namespace penstock {

/// What a lane works with; all of it outlives the lane.
struct LaneParts {
  Source<RecordBatch>& source;
  std::unique_ptr<Decoder>& decoder;
  OpenRanges& open;
  const DeadLetters& dead_letters;
  Outbox& outbox;
  ByteBudget& budget;
  PipeEvents& events;
  Progress& progress;
  /// Makes delivery names unlike those of any other run and lane, so that rows read again on
  /// purpose are not taken for repeats.
  std::string run;
  const TableWatch* table = nullptr;  // none: the table stays as it is
  SealPressure* pressure = nullptr;   // of the pipe's lanes together; none: this lane's alone
  Lineup* lineup = nullptr;           // with the pipe's other lanes; none when there are no others
  std::size_t number = 0;             // of this lane, in the lineup
  const Clock& clock = machine_clock();
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

}  // namespace penstock
