#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/block_growth.h"
#include "engine/open_block.h"
#include "model/record.h"

namespace penstock {

/// What a range holds of one log: every record from `first` to `last` that the log has.
struct Cover {
  LogId log{};
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::string resume_after;  // the source's word for what comes behind it
};

/// "topic:partition:first-last"
std::string to_string(const Cover& cover);

/// A range that will not change again. A block that would have no rows is not there.
struct SealedRange {
  std::vector<Cover> covers;  // one per log
  std::optional<Block> rows;
  std::optional<Block> errors;
};

/// A range being filled: rows, the error rows beside them, and which records both came from.
/// They leave together.
///
/// Threads: one lane.
class OpenRange {
 public:
  using Clock = std::chrono::steady_clock;

  OpenRange(BlockPool& rows, BlockPool& errors) : rows_(rows), errors_(errors) {}

  Block& rows() { return rows_.block(); }
  Block& errors() { return errors_.block(); }
  std::size_t row_count() const noexcept { return rows_.rows(); }
  std::size_t bytes() const noexcept { return rows_.bytes() + errors_.bytes(); }
  bool empty() const noexcept { return covers_.empty(); }

  /// The records of `batch` became rows and error rows, or nothing. Counts their memory.
  void cover(const RecordBatch& batch, Clock::time_point now);
  /// This log belongs to someone else now; what it brought is nobody's duty.
  void forget(LogId log);

  bool is_due(const SealPolicy& policy, Clock::time_point now) const;
  /// How long until the age alone makes it due; none while it is empty.
  std::optional<std::chrono::milliseconds> time_left(const SealPolicy& policy,
                                                     Clock::time_point now) const;

  SealedRange seal();
  void drop();

 private:
  OpenBlock rows_;
  OpenBlock errors_;
  std::vector<Cover> covers_;
  std::optional<Clock::time_point> opened_at_;
};

}  // namespace penstock
