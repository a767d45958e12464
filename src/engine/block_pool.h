#pragma once

#include <memory>
#include <vector>

#include "base/byte_budget.h"
#include "model/block.h"

namespace penstock {

/// Blocks of one layout. Delivered ones come back to be filled again, so that after warm-up no
/// memory is asked for. The budget counts what blocks in use hold, filled or not. Those that wait
/// are taken before any other is made, so no more memory is held than was once counted.
///
/// Threads: one lane.
class BlockPool {
 public:
  BlockPool(std::shared_ptr<const BlockLayout> layout, ByteBudget& budget);
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;

  /// An empty block; the budget knows of its held_bytes().
  Block take();
  /// A block nobody needs any more. Its memory is kept to be filled again, or given back when it
  /// holds much more than its rows needed, others wait already or its columns are out of date.
  void recycle(Block block);
  /// Memory is short: gives back waiting blocks in many small pieces, as the holes between those
  /// are in no budget. Large pieces are pages of their own and dear to get again.
  void release_small_spares();
  /// The blocks that follow have other columns.
  void change_layout(std::shared_ptr<const BlockLayout> layout);

  bool owns(const Block& block) const { return &block.layout() == layout_.get(); }
  ByteBudget& budget() noexcept { return budget_; }

 private:
  std::shared_ptr<const BlockLayout> layout_;
  ByteBudget& budget_;
  std::vector<Block> spare_;
};

}  // namespace penstock
