#include "engine/open_block.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace penstock {
namespace {

constexpr std::size_t kMostSpareBlocks = 2;
// A block that needed less than this part of its memory is not worth keeping.
constexpr std::size_t kLeastFilledPart = 4;
constexpr std::size_t kLongestName = 400;  // it travels in a URL

}  // namespace

OpenBlock::OpenBlock(std::shared_ptr<const BlockLayout> layout, std::string prefix,
                     ByteBudget& budget)
    : layout_(std::move(layout)),
      prefix_(std::move(prefix)),
      budget_(budget),
      block_(fresh_block()) {}

OpenBlock::~OpenBlock() {
  release_spares();
  budget_.give_back(counted_);
}

void OpenBlock::owe(Ticket ticket, Clock::time_point now) {
  tickets_.push_back(ticket);
  if (!opened_at_) opened_at_ = now;
}

void OpenBlock::cover(const RecordBatch& batch) {
  count_memory();
  if (batch.size() == 0) return;
  const auto [found, is_new] = covers_.try_emplace(batch.span.log);
  if (is_new) {
    found->second.log = std::string(batch.topic) + ":" + std::to_string(batch.partition);
    found->second.first = batch.offsets.front();
  }
  found->second.last = batch.offsets.back();
}

bool OpenBlock::is_due(const SealPolicy& policy, Clock::time_point now) const {
  return opened_at_ &&
         (rows() >= policy.rows || filled_ >= policy.bytes || now - *opened_at_ >= policy.age);
}

std::optional<std::chrono::milliseconds> OpenBlock::time_left(const SealPolicy& policy,
                                                              Clock::time_point now) const {
  if (!opened_at_) return std::nullopt;
  const auto left = *opened_at_ + policy.age - now;
  return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(left));
}

Sealed<Block> OpenBlock::seal() {
  count_memory();
  Sealed<Block> sealed{.payload = std::move(*block_),
                       .tickets = std::exchange(tickets_, {}),
                       .delivery_id = delivery_id()};
  covers_.clear();
  opened_at_.reset();
  block_ = fresh_block();
  filled_ = 0;
  counted_ = block_->held_bytes();
  return sealed;
}

void OpenBlock::change_layout(std::shared_ptr<const BlockLayout> layout) {
  PENSTOCK_CHECK(empty(), "rows of the old layout were sealed before");
  layout_ = std::move(layout);
  release_spares();
  budget_.give_back(std::exchange(counted_, 0));
  block_ = fresh_block();
}

void OpenBlock::recycle(Block block) {
  const bool wasteful = block.bytes() < block.held_bytes() / kLeastFilledPart;
  const bool outdated = &block.layout() != layout_.get();
  if (wasteful || outdated || spare_.size() >= kMostSpareBlocks) {
    budget_.give_back(block.held_bytes());
    return;
  }
  block.clear();
  spare_.push_back(std::move(block));
}

void OpenBlock::release_spares() {
  for (const Block& block : spare_) budget_.give_back(block.held_bytes());
  spare_.clear();
}

void OpenBlock::count_memory() {
  filled_ = block_->bytes();
  if (filled_ <= counted_) return;  // it was that large before
  budget_.take(filled_ - counted_);
  counted_ = filled_;
}

Block OpenBlock::fresh_block() {
  if (!spare_.empty()) {
    Block block = std::move(spare_.back());
    spare_.pop_back();
    return block;
  }
  auto made = Block::make(layout_);
  PENSTOCK_CHECK(made.ok(), "a layout whose types were accepted makes blocks");
  return std::move(made).value();
}

// "<run>/<topic>:<partition>:<first>-<last>,…"; a block of very many logs is named
// by its number instead.
std::string OpenBlock::delivery_id() {
  std::string name = prefix_;
  ++sealed_;
  char separator = '/';
  for (const auto& [log, cover] : covers_) {
    name += separator + cover.log + ":" + std::to_string(cover.first) + "-" +
            std::to_string(cover.last);
    separator = ',';
    if (name.size() > kLongestName) return prefix_ + "/block-" + std::to_string(sealed_);
  }
  return name;
}

}  // namespace penstock
