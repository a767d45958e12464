#include "engine/block_pool.h"

#include <gtest/gtest.h>

#include "engine/open_block.h"

namespace penstock {
namespace {

/// Bytes of a block with so many rows: Int64s, and one run of the log they came from.
std::size_t bytes_of(std::size_t rows) {
  RowOrigins origins;
  origins.add({});
  return rows * sizeof(std::int64_t) + origins.bytes();
}

struct World {
  /// Puts rows of one Int64 into the open block.
  void fill(std::size_t rows) {
    for (std::size_t i = 0; i < rows; ++i) {
      open.block().writer(0).put_int(1);
      open.block().end_row({LogId{0}, static_cast<std::int64_t>(i)});
    }
    open.count_memory();
  }
  /// Seals a block of so many rows and brings it back at once.
  void send(std::size_t rows) {
    fill(rows);
    pool.recycle(*open.seal());
  }

  ByteBudget budget{1u << 20, nullptr};
  BlockPool pool{std::make_shared<const BlockLayout>(
                     BlockLayout{"db", "events", {{.name = "n", .type = Type{.name = "Int64"}}}}),
                 budget};
  OpenBlock open{pool};
};

TEST(BlockPool, CountsReturnedMemoryOnceItIsFilledAgain) {
  World world;
  world.send(1000);
  EXPECT_EQ(world.budget.used(), 0u);
  world.fill(500);
  EXPECT_EQ(world.budget.used(), bytes_of(1000));
}

TEST(BlockPool, GivesSmallPiecesBackWhenMemoryIsShort) {
  World world;
  world.send(1000);
  world.pool.release_small_spares();
  world.fill(500);
  EXPECT_EQ(world.budget.used(), bytes_of(500));
}

TEST(BlockPool, KeepsLargePiecesWhenMemoryIsShort) {
  World world;
  world.send(40'000);
  world.pool.release_small_spares();
  world.fill(500);
  EXPECT_EQ(world.budget.used(), bytes_of(40'000));
}

TEST(BlockPool, KeepsNoBlockThatHoldsMuchMoreThanItNeeded) {
  World world;
  world.send(10'000);
  world.send(100);
  world.fill(1);
  EXPECT_EQ(world.budget.used(), bytes_of(1));
}

TEST(BlockPool, KeepsFewBlocks) {
  World world;
  std::vector<Block> sent;
  for (int i = 0; i < 10; ++i) {
    world.fill(1000);
    sent.push_back(*world.open.seal());
  }
  for (Block& block : sent) world.pool.recycle(std::move(block));
  sent.clear();
  for (int i = 0; i < 10; ++i) sent.push_back(world.pool.take());
  EXPECT_EQ(world.budget.used(), 8 * bytes_of(1000));
}

TEST(BlockPool, GetsTheMemoryOfDroppedRowsBack) {
  World world;
  world.fill(1000);
  world.open.drop();
  world.fill(1000);
  EXPECT_EQ(world.budget.used(), bytes_of(1000));
}

TEST(OpenBlock, GivesEverythingBackAtItsEnd) {
  ByteBudget budget{1u << 20, nullptr};
  {
    BlockPool pool(std::make_shared<const BlockLayout>(
                       BlockLayout{"db", "events", {{.name = "n", .type = Type{.name = "Int64"}}}}),
                   budget);
    OpenBlock open(pool);
    open.block().writer(0).put_int(1);
    open.block().end_row({LogId{0}, 1});
    open.count_memory();
    EXPECT_EQ(budget.used(), bytes_of(1));
  }
  EXPECT_EQ(budget.used(), 0u);
}

}  // namespace
}  // namespace penstock
