#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "clickhouse/range_digests.h"
#include "contract/range_rows.h"

namespace penstock {

/// What can be wrong with a message.
enum class Finding : std::uint8_t {
  missing,     // neither whole in the table nor set aside
  doubled,     // more rows than it has, or both stored and set aside
  unexpected,  // rows or error rows of a message the topic does not have, or that has none
};

/// Neighbouring offsets with the same finding.
struct FindingRun {
  Finding finding{};
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// What the pipe would make of one message today.
enum class Outlook : std::uint8_t {
  rows,          // as many as are told beside
  no_row,        // a tombstone, an empty list
  rejected,      // it belongs to the error table
  rejected_old,  // it did; its error row may have expired
};

/// Error rows by offset: those still open, and those that were replayed.
struct ErrorRuns {
  std::vector<OffsetRun> open;
  std::vector<OffsetRun> replayed;
};

/// A range of offsets of one log: what its messages should have become, against what tables hold.
/// No I/O. Takes four bytes per offset.
///
/// Threads: one.
class AuditRange {
 public:
  /// From `first` up to `end`, which is not part of it.
  AuditRange(std::int64_t first, std::int64_t end);

  std::int64_t first() const noexcept { return first_; }
  std::int64_t end() const noexcept { return end_; }

  /// The topic has this message. `rows`: with Outlook::rows, one at least.
  void expect(std::int64_t offset, Outlook outlook, std::uint32_t rows = 0);

  /// What the table holds when all is well, given the error rows.
  struct Expected {
    clickhouse::RangeDigest digest;
    std::uint64_t undecided = 0;  // messages that only their rows can tell more about
  };
  Expected expected(const ErrorRuns& errors) const;

  /// Judges every offset; what belongs together comes as one run.
  std::vector<FindingRun> judge(std::span<const OffsetRun> stored, const ErrorRuns& errors) const;

 private:
  struct Errors {
    std::uint64_t open = 0;
    std::uint64_t replayed = 0;
  };
  using ErrorsByOffset = std::map<std::int64_t, Errors>;

  static ErrorsByOffset by_offset(const ErrorRuns& runs);
  std::uint32_t at(std::int64_t offset) const;

  std::int64_t first_;
  std::int64_t end_;
  std::vector<std::uint32_t> expected_;  // by offset - first_, as far as messages came; see the .cc
};

}  // namespace penstock
