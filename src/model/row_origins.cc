#include "model/row_origins.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"

namespace penstock {

void RowOrigins::truncate(std::size_t rows) {
  if (rows >= rows_) return;
  const auto kept = std::ranges::lower_bound(runs_, rows, {}, &Run::row);
  runs_.erase(kept, runs_.end());
  rows_ = rows;
  if (rows == 0) return;
  next_ = at(rows - 1);
  ++next_.offset;
}

RowOrigin RowOrigins::at(std::size_t row) const {
  PENSTOCK_CHECK(row < rows_, "the row was ended");
  const Run& run = *std::prev(std::ranges::upper_bound(runs_, row, {}, &Run::row));
  const auto further = static_cast<std::int64_t>(row - run.row);
  return {.log = run.first.log, .offset = run.first.offset + further};
}

}  // namespace penstock
