#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/byte_budget.h"
#include "contract/sink.h"
#include "engine/block_growth.h"
#include "model/block.h"
#include "model/record.h"

namespace penstock {

/// A block being filled, the duties it will settle, and the name it will travel
/// under. Delivered blocks come back to be filled again, so that after warm-up
/// no memory is asked for. The budget counts what blocks hold, filled or not.
///
/// Threads: one lane.
class OpenBlock {
 public:
  using Clock = std::chrono::steady_clock;

  /// `prefix` makes delivery names of this run unlike those of any other, so that
  /// rows read again on purpose are not taken for repeats.
  OpenBlock(std::shared_ptr<const BlockLayout> layout, std::string prefix, ByteBudget& budget);
  ~OpenBlock();
  OpenBlock(const OpenBlock&) = delete;
  OpenBlock& operator=(const OpenBlock&) = delete;

  Block& block() noexcept { return *block_; }
  std::size_t rows() const noexcept { return block_->rows(); }
  bool empty() const noexcept { return tickets_.empty(); }

  /// Rows of `batch` were put into the block. Counts their memory.
  void cover(const RecordBatch& batch);
  /// The duty this ticket stands for is done when the block is delivered.
  void owe(Ticket ticket, Clock::time_point now);

  bool is_due(const SealPolicy& policy, Clock::time_point now) const;
  /// How long until the age alone makes it due; none while it is empty.
  std::optional<std::chrono::milliseconds> time_left(const SealPolicy& policy,
                                                     Clock::time_point now) const;

  /// Hands the block over and opens the next one.
  Sealed<Block> seal();

  /// The blocks that follow have other columns. Only while it is empty.
  void change_layout(std::shared_ptr<const BlockLayout> layout);

  /// A block that has left the outbox. Its memory is kept to be filled again, or given
  /// back when it holds much more than its rows needed, others wait already or its columns are
  /// out of date.
  void recycle(Block block);
  /// Gives back the memory of blocks that wait to be filled again.
  void release_spares();

 private:
  /// The offsets of one log inside the block, for the delivery name.
  struct Cover {
    std::string log;  // "topic:partition"
    std::int64_t first = 0;
    std::int64_t last = 0;
  };

  Block fresh_block();
  void count_memory();
  std::string delivery_id();

  std::shared_ptr<const BlockLayout> layout_;
  const std::string prefix_;
  ByteBudget& budget_;
  std::vector<Block> spare_;
  std::optional<Block> block_;
  std::vector<Ticket> tickets_;
  std::map<LogId, Cover> covers_;
  std::optional<Clock::time_point> opened_at_;
  std::size_t filled_ = 0;   // bytes in the open block
  std::size_t counted_ = 0;  // bytes it holds, as the budget knows
  std::uint64_t sealed_ = 0;
};

}  // namespace penstock
