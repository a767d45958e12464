#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/record.h"

namespace penstock {

/// Where a row came from: enough to find its message again.
struct RowOrigin {
  LogId log{};
  std::int64_t offset = 0;
  bool operator==(const RowOrigin&) const = default;
};

/// The origins of all rows of a block, kept as runs: rows mostly follow each other in
/// their log as they do here, or come from one record, so a million rows of one
/// partition take a few bytes, and the rows of one record no more than one.
class RowOrigins {
 public:
  std::size_t rows() const noexcept { return rows_; }
  std::size_t bytes() const noexcept { return runs_.size() * sizeof(Run); }

  void add(RowOrigin origin) {
    if (rows_ == 0 || origin.log != next_.log || origin.offset != next_.offset) {
      start_run(origin);
    }
    expect_after(origin);
    ++rows_;
  }
  RowOrigin at(std::size_t row) const;
  /// Forgets every row from `rows` on.
  void truncate(std::size_t rows);
  void clear() noexcept {
    runs_.clear();
    rows_ = 0;
  }

 private:
  struct Run {
    std::int64_t offset = 0;  // of its first row
    LogId log{};
    std::uint32_t step = 1;  // from one row's offset to the next: 0 or 1
    std::size_t row = 0;     // its first
  };

  /// The row that is added does not go on as expected.
  void start_run(RowOrigin origin);
  void expect_after(RowOrigin origin) {
    const auto next = static_cast<std::uint64_t>(origin.offset) + runs_.back().step;
    next_ = {.log = origin.log, .offset = static_cast<std::int64_t>(next)};
  }

  std::vector<Run> runs_;
  std::size_t rows_ = 0;
  RowOrigin next_;  // continues the last run
};

}  // namespace penstock
