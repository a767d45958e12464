#pragma once

#include <cstddef>
#include <optional>

#include "engine/block_pool.h"
#include "model/block.h"

namespace penstock {

/// A block being filled. It is taken from its pool when it is first needed.
///
/// Threads: one lane.
class OpenBlock {
 public:
  explicit OpenBlock(BlockPool& pool) : pool_(pool) {}
  ~OpenBlock() { drop(); }
  OpenBlock(const OpenBlock&) = delete;
  OpenBlock& operator=(const OpenBlock&) = delete;

  Block& block();
  std::size_t rows() const noexcept { return block_ ? block_->rows() : 0; }
  /// As of the last count_memory().
  std::size_t bytes() const noexcept { return filled_; }

  /// Rows were put into the block: tells the budget what they hold.
  void count_memory();
  /// Hands the block over; null when it holds no row. The next row opens another.
  std::optional<Block> seal();
  /// Forgets its rows.
  void drop();

 private:
  BlockPool& pool_;
  std::optional<Block> block_;
  std::size_t filled_ = 0;   // bytes in the block
  std::size_t counted_ = 0;  // bytes it holds, as the budget knows
};

}  // namespace penstock
