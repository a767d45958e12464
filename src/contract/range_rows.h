#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace penstock {

/// Neighbouring offsets, `first` to `last`, that have the same number of rows each.
struct OffsetRun {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::uint64_t rows = 1;

  bool operator==(const OffsetRun&) const = default;
};

/// Answers which records of a range are stored, for when the far side may have forgotten the name
/// they were sent under.
///
/// Promises: an answer is final. No earlier attempt to deliver the range still runs, and all that
/// earlier ones stored is in it. Threads: any.
class RangeRows {
 public:
  struct Question {
    std::string delivery_id;  // of the range, not of a part of it
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
  };

  virtual ~RangeRows() = default;

  /// The offsets of [first, last] that have rows, in order; none when there is nothing. It takes
  /// as many runs as the range has offsets at most.
  /// Errors: Recovery::retry while an earlier attempt may still run, which the message explains:
  /// ask again after Error::wait. Recovery::stop when a person has to act, such as for a grant.
  virtual Result<std::vector<OffsetRun>> stored(const Question& question) = 0;

  /// Whether a name noted since then may be hollow: known to the far side, which died before it
  /// kept the rows. `since_ms`: since 1970. Errors: as stored().
  virtual Result<bool> may_be_hollow(std::int64_t since_ms) = 0;

  /// Makes a stored() under way return soon, with an error that says so.
  virtual void abandon() = 0;
};

}  // namespace penstock
