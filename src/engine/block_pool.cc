#include "engine/block_pool.h"

#include <utility>

#include "base/check.h"

namespace penstock {
namespace {

constexpr std::size_t kMostSpareBlocks = 8;
// A block that needed less than this part of its memory is not worth keeping.
constexpr std::size_t kLeastFilledPart = 4;
constexpr std::size_t kSmallColumn = 256u << 10;

}  // namespace

BlockPool::BlockPool(std::shared_ptr<const BlockLayout> layout, ByteBudget& budget)
    : layout_(std::move(layout)), budget_(budget) {}

Block BlockPool::take() {
  if (!spare_.empty()) {
    Block block = std::move(spare_.back());
    spare_.pop_back();
    budget_.take(block.held_bytes());
    return block;
  }
  auto made = Block::make(layout_);
  PENSTOCK_CHECK(made.ok(), "a layout whose types were accepted makes blocks");
  return std::move(made).value();
}

void BlockPool::recycle(Block block) {
  budget_.give_back(block.held_bytes());
  const bool wasteful = block.bytes() < block.held_bytes() / kLeastFilledPart;
  if (wasteful || !owns(block) || spare_.size() >= kMostSpareBlocks) return;
  block.clear();
  spare_.push_back(std::move(block));
}

void BlockPool::release_small_spares() {
  std::erase_if(spare_, [](const Block& block) {
    return block.held_bytes() < block.layout().columns.size() * kSmallColumn;
  });
}

void BlockPool::change_layout(std::shared_ptr<const BlockLayout> layout) {
  layout_ = std::move(layout);
  spare_.clear();
}

}  // namespace penstock
