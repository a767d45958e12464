#include "model/block.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

std::shared_ptr<const BlockLayout> layout() {
  auto made = std::make_shared<BlockLayout>();
  made->database = "web";
  made->table = "events";
  made->columns = {{.name = "id", .type = parse_type("UInt8").value()},
                   {.name = "ts",
                    .type = parse_type("UInt16").value(),
                    .default_kind = DefaultKind::expression,
                    .default_expression = "7"},
                   {.name = "tags", .type = parse_type("Array(String)").value()}};
  return made;
}

void put_row(Block& block, std::uint8_t id, bool has_ts) {
  block.writer(0).put_int(id);
  if (has_ts) {
    block.writer(1).put_int(id);
  } else {
    block.put_missing(1);
  }
  block.writer(2).child(0).put_text("t");
  block.writer(2).end();
  block.end_row({.log = LogId{1}, .offset = 100 + id});
}

std::string hex(const Block& block) {
  std::string text;
  for (const Slot& slot : block.slots()) text += native_hex(*slot.column) + "|";
  return text;
}

std::vector<int> missing(const Block& block, std::size_t slot) {
  const auto& flags = block.slots()[slot].missing;
  return {flags.begin(), flags.end()};
}

TEST(Block, CountsRowsAndBytes) {
  Block block = Block::make(layout()).value();
  EXPECT_EQ(block.rows(), 0u);
  EXPECT_EQ(block.bytes(), 0u);
  put_row(block, 1, true);
  put_row(block, 2, true);
  EXPECT_EQ(block.rows(), 2u);
  RowOrigins one_run;
  one_run.add({});
  EXPECT_EQ(block.bytes(), 2 * (1 + 2 + 8 + 2) + one_run.bytes());
  EXPECT_EQ(block.origin(1).offset, 102);
  EXPECT_TRUE(block.slots()[1].missing.empty()) << "no flags while every row brings a value";
}

TEST(Block, RemembersMissingValuesOnlyWhereAnExpressionNeedsThem) {
  Block block = Block::make(layout()).value();
  put_row(block, 1, true);
  put_row(block, 2, false);
  put_row(block, 3, true);
  block.put_missing(0);
  block.put_missing(1);
  block.put_missing(2);
  block.end_row({});
  EXPECT_EQ(missing(block, 1), (std::vector<int>{0, 1, 0, 1}));
  EXPECT_EQ(block.slots()[1].missing_rows, 2u);
  EXPECT_TRUE(block.slots()[0].missing.empty());
  EXPECT_EQ(native_hex(*block.slots()[1].column), "0100000003000000");
  EXPECT_EQ(native_hex(*block.slots()[0].column), "01020300");
}

TEST(Block, RewindLeavesNoTraceOfAHalfWrittenRow) {
  Block block = Block::make(layout()).value();
  put_row(block, 1, false);
  const std::string before = hex(block);
  const std::size_t bytes = block.bytes();
  block.writer(0).put_int(9);
  block.put_missing(1);
  block.writer(2).child(0).put_text("half");
  block.rewind();
  EXPECT_EQ(hex(block), before);
  EXPECT_EQ(block.bytes(), bytes);
  EXPECT_EQ(block.slots()[1].missing_rows, 1u);
  block.rewind();
  EXPECT_EQ(hex(block), before);
  put_row(block, 2, true);
  EXPECT_EQ(block.rows(), 2u);
}

TEST(Block, SlicesKeepOriginsAndMissingFlags) {
  Block block = Block::make(layout()).value();
  for (const int id : {1, 2, 3, 4}) put_row(block, static_cast<std::uint8_t>(id), id % 2 != 0);
  const Block middle = block.slice(1, 2);
  EXPECT_EQ(middle.rows(), 2u);
  EXPECT_EQ(middle.origin(0).offset, 102);
  EXPECT_EQ(native_hex(*middle.slots()[0].column), "0203");
  EXPECT_EQ(missing(middle, 1), (std::vector<int>{1, 0}));
  EXPECT_EQ(middle.slots()[1].missing_rows, 1u);

  Block expected = Block::make(layout()).value();
  put_row(expected, 2, false);
  put_row(expected, 3, true);
  EXPECT_EQ(hex(middle), hex(expected));
}

TEST(Block, SliceBehindTheLastMissingValueHasNoFlags) {
  Block block = Block::make(layout()).value();
  put_row(block, 1, false);
  put_row(block, 2, true);
  const Block last = block.slice(1, 1);
  EXPECT_EQ(last.slots()[1].missing_rows, 0u);
  EXPECT_TRUE(last.slots()[1].missing.empty());
}

TEST(Block, ClearForgetsEverything) {
  Block block = Block::make(layout()).value();
  put_row(block, 1, false);
  block.clear();
  EXPECT_EQ(block.rows(), 0u);
  EXPECT_EQ(block.bytes(), 0u);
  EXPECT_EQ(block.slots()[1].missing_rows, 0u);
}

TEST(Block, NamesTheColumnItCannotHold) {
  auto broken = std::make_shared<BlockLayout>();
  broken->columns.push_back({.name = "state", .type = {.name = "AggregateFunction"}});
  auto made = Block::make(broken);
  ASSERT_FALSE(made.ok());
  EXPECT_NE(made.error().text().find("state"), std::string::npos);
}

}  // namespace
}  // namespace penstock
