#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "engine/open_range.h"

namespace penstock {

/// How logs share what is being filled.
enum class Sharing : std::uint8_t {
  one_for_all,  // all logs fill one range: the fewest inserts
  one_per_log,  // each fills its own: an insert is named by one log's offsets alone
};

/// Everything a lane is filling, and the blocks it does so with.
///
/// Threads: one lane.
class OpenRanges {
 public:
  OpenRanges(std::shared_ptr<const BlockLayout> rows, std::shared_ptr<const BlockLayout> errors,
             ByteBudget& budget, Sharing sharing);

  Sharing sharing() const noexcept { return sharing_; }
  /// Made on first mention.
  OpenRange& of(LogId log);
  void for_each(const std::function<void(LogId, OpenRange&)>& visit);
  bool empty() const;
  /// Of the range that holds most.
  std::size_t most_rows() const;
  /// Of all ranges.
  std::size_t bytes() const;

  /// This log belongs to someone else now.
  void forget(LogId log);
  /// The rows that follow have other columns. Only while nothing is open.
  void change_layout(std::shared_ptr<const BlockLayout> rows);

  BlockPool& errors() noexcept { return errors_; }
  bool holds_errors(const Block& block) const { return errors_.owns(block); }
  /// A block that has left the outbox.
  void recycle(Block block);
  void release_small_spares();

 private:
  BlockPool rows_;
  BlockPool errors_;
  const Sharing sharing_;
  std::map<LogId, OpenRange> ranges_;
};

}  // namespace penstock
