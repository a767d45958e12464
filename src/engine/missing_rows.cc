#include "engine/missing_rows.h"

#include <cstddef>

namespace penstock {

MissingRows missing_rows(const Block& block, const std::vector<OffsetRun>& stored) {
  MissingRows missing;
  auto run = stored.begin();
  for (std::size_t first = 0, end = 0; first < block.rows(); first = end) {
    const std::int64_t offset = block.origin(first).offset;
    for (end = first; end < block.rows() && block.origin(end).offset == offset;) ++end;
    while (run != stored.end() && run->last < offset) ++run;
    const bool is_there = run != stored.end() && run->first <= offset;
    const std::uint64_t rows = is_there ? run->rows : 0;
    if (rows >= end - first) continue;
    if (rows > 0) {
      missing.torn.push_back(offset);
    } else if (!missing.rows.empty() && missing.rows.back().end == first) {
      missing.rows.back().end = end;
    } else {
      missing.rows.push_back({first, end});
    }
  }
  return missing;
}

}  // namespace penstock
