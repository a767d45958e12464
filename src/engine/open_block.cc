#include "engine/open_block.h"

#include <utility>

namespace penstock {

Block& OpenBlock::block() {
  if (!block_) {
    block_ = pool_.take();
    counted_ = block_->held_bytes();
  }
  return *block_;
}

void OpenBlock::count_memory() {
  if (!block_) return;
  filled_ = block_->bytes();
  if (filled_ <= counted_) return;  // it was that large before
  pool_.budget().take(filled_ - counted_);
  counted_ = filled_;
}

std::optional<Block> OpenBlock::seal() {
  if (rows() == 0) return std::nullopt;
  count_memory();
  filled_ = counted_ = 0;
  return std::exchange(block_, std::nullopt);
}

void OpenBlock::drop() {
  if (!block_) return;
  count_memory();
  filled_ = counted_ = 0;
  pool_.recycle(*std::exchange(block_, std::nullopt));
}

}  // namespace penstock
