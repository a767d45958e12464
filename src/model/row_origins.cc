#include "model/row_origins.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"

namespace penstock {

void RowOrigins::start_run(RowOrigin origin) {
  if (rows_ > 0) {
    Run& last = runs_.back();
    const bool is_alone = rows_ - last.row == 1;
    if (is_alone && origin.log == last.log && origin.offset == last.offset) {
      last.step = 0;
      return;
    }
  }
  runs_.push_back({.offset = origin.offset, .log = origin.log, .row = rows_});
}

void RowOrigins::truncate(std::size_t rows) {
  if (rows >= rows_) return;
  const auto kept = std::ranges::lower_bound(runs_, rows, {}, &Run::row);
  runs_.erase(kept, runs_.end());
  rows_ = rows;
  if (rows == 0) return;
  if (rows - runs_.back().row == 1) runs_.back().step = 1;
  expect_after(at(rows - 1));
}

RowOrigin RowOrigins::at(std::size_t row) const {
  PENSTOCK_CHECK(row < rows_, "the row was ended");
  const Run& run = *std::prev(std::ranges::upper_bound(runs_, row, {}, &Run::row));
  const auto further = static_cast<std::int64_t>((row - run.row) * run.step);
  return {.log = run.log, .offset = run.offset + further};
}

}  // namespace penstock
