#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/block.h"
#include "model/record.h"

namespace penstock {

/// How much one poll may bring and how long it may wait.
struct PollBudget {
  std::size_t records = 0;
  std::chrono::milliseconds wait{0};
};

/// Where a log is to be resumed, and what its reader wants kept beside that.
struct ResumePoint {
  LogId log{};
  std::string resume_after;
  std::string note;          // comes back with Gained; the source does not look into it
  std::uint64_t number = 0;  // comes back with Stored
};

/// A log that is ours from now on.
struct Gained {
  LogId log{};
  std::string resume_after;  // where reading begins
  std::string note;          // what was stored with the position; empty when nothing was
};

/// The far side confirmed a resume point that we committed as the log's owner.
struct Stored {
  LogId log{};
  std::uint64_t number = 0;  // of the newest one confirmed
  /// Until then nobody else can be given this log, unless we release it.
  std::chrono::steady_clock::time_point ours_until{};
};

/// Offsets of a log whose records were gone before they were read.
struct LostOffsets {
  LogId log{};
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  bool passed = false;  // the source goes on behind them; else it brings nothing of this log
};

/// What a poll found: data, a change of ownership, or the end of the stream.
template <class Payload>
struct Polled {
  std::vector<Payload> payloads;
  std::vector<Gained> gained;
  /// Logs to hand over. They are still ours, and still committable, until the
  /// lane calls release(); nothing more is read from them.
  std::vector<LogId> leaving;
  /// Logs that are gone already (the group timed us out): only fence them.
  std::vector<LogId> lost;
  std::vector<LostOffsets> lost_offsets;
  /// The far side has said which logs are ours (be it none), and we took them.
  bool settled = false;
  /// Every log has been read to the end it had when the source was opened.
  bool caught_up = false;
};

/// How far a source has read, for the display and for lag.
struct SourceProgress {
  std::int64_t lag = 0;               // records between us and the end, all logs we own
  std::optional<std::int64_t> to_go;  // records to the end as of open(), when draining
  std::int64_t total = 0;             // records to drain as of open()
  std::size_t logs = 0;               // logs there are, ours or not; known from open() on
};

/// Where payloads come from. Source<RecordBatch> reads Kafka or Kinesis,
/// Source<Block> reads ClickHouse.
///
/// Threads: all calls from one lane. Errors: Recovery::retry means the lane says
/// so and polls again after Error::wait; the source reconnects by itself.
template <class Payload>
class Source {
 public:
  virtual ~Source() = default;

  /// Connects and looks at the remote side; starts reading.
  virtual Status open() = 0;

  virtual Result<Polled<Payload>> poll(PollBudget budget) = 0;

  /// What came with Gained says that everything of this log before `next` was there once. A
  /// source that sees that its log ended earlier stores nothing of it from now on, and a later
  /// poll fails.
  virtual Status expect_before(LogId /*log*/, std::int64_t /*next*/) { return done(); }

  /// Takes back a payload nobody needs any more, so that the next poll fills its memory
  /// again. A payload may as well just be destroyed.
  virtual void recycle(Payload /*payload*/) {}

  /// Stops fetching but stays a member of the group. Backpressure, not failure.
  virtual void pause() = 0;
  virtual void resume() = 0;

  /// Stores delivered positions on the remote side, and waits that long until it has. Without a
  /// wait an error may come back from a later poll instead.
  virtual Status commit(std::span<const ResumePoint> points, std::chrono::milliseconds wait) = 0;

  /// What was confirmed since the last call, one entry per log. Does not wait. Errors: as commit().
  virtual Result<std::vector<Stored>> take_stored() = 0;

  /// Gives logs named in Polled::leaving back to the group.
  virtual void release(std::span<const LogId> logs) = 0;

  /// Reads records again by position; for rows that the far side refused. A record
  /// that is no longer there comes back with a null key and value.
  virtual Result<std::vector<Payload>> read_again(std::span<const RowOrigin> origins) = 0;

  virtual SourceProgress progress() const = 0;

  /// Gives back every log after the lane has settled or fenced it.
  virtual Status close(std::chrono::milliseconds limit) = 0;
};

}  // namespace penstock
