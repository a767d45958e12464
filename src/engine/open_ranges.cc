#include "engine/open_ranges.h"

#include <algorithm>
#include <utility>

namespace penstock {

OpenRanges::OpenRanges(std::shared_ptr<const BlockLayout> rows,
                       std::shared_ptr<const BlockLayout> errors, ByteBudget& budget,
                       Sharing sharing)
    : rows_(std::move(rows), budget), errors_(std::move(errors), budget), sharing_(sharing) {}

OpenRange& OpenRanges::of(LogId log) {
  const LogId key = sharing_ == Sharing::one_per_log ? log : LogId{};
  return ranges_.try_emplace(key, rows_, errors_).first->second;
}

void OpenRanges::for_each(const std::function<void(LogId, OpenRange&)>& visit) {
  for (auto& [log, range] : ranges_) visit(log, range);
}

bool OpenRanges::empty() const {
  return std::ranges::all_of(ranges_, [](const auto& one) { return one.second.empty(); });
}

std::size_t OpenRanges::bytes() const {
  std::size_t bytes = 0;
  for (const auto& [log, range] : ranges_) bytes += range.bytes();
  return bytes;
}

std::size_t OpenRanges::most_rows() const {
  std::size_t most = 0;
  for (const auto& [log, range] : ranges_) most = std::max(most, range.row_count());
  return most;
}

void OpenRanges::forget(LogId log) {
  if (sharing_ == Sharing::one_for_all) {
    of(log).forget(log);
  } else {
    ranges_.erase(log);
  }
}

void OpenRanges::change_layout(std::shared_ptr<const BlockLayout> rows) {
  for (auto& [log, range] : ranges_) range.drop();  // its block is of the old layout
  rows_.change_layout(std::move(rows));
}

void OpenRanges::recycle(Block block) {
  (holds_errors(block) ? errors_ : rows_).recycle(std::move(block));
}

void OpenRanges::release_small_spares() {
  rows_.release_small_spares();
  errors_.release_small_spares();
}

}  // namespace penstock
