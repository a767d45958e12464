#include "clickhouse/native_writer.h"

#include <gtest/gtest.h>

#include "clickhouse/tests/make_block.h"

namespace penstock::clickhouse {
namespace {

std::string written(const Block& block) {
  NativeOutput out;
  write_native(block, plan_insert(block), out);
  std::string bytes;
  for (const Bytes piece : out.pieces()) bytes += as_text(piece);
  EXPECT_EQ(bytes.size(), out.size());
  return bytes;
}

template <std::size_t size>
std::string bytes(const char (&text)[size]) {
  return {text, size - 1};
}

TEST(NativeWriter, WritesCountsThenNameTypeAndValues) {
  Block block = make_block({{"a", "UInt16"}, {"s", "String"}});
  block.writer(0).put_uint(258);
  block.writer(1).put_text("xyz");
  block.end_row({});
  block.writer(0).put_uint(3);
  block.writer(1).put_text("");
  block.end_row({});
  EXPECT_EQ(written(block), bytes("\x02\x02"
                                  "\x01"
                                  "a\x06"
                                  "UInt16\x02\x01\x03\x00"
                                  "\x01s\x06String\x03xyz\x00"));
}

TEST(NativeWriter, CountsRowsAsVarint) {
  Block block = make_block({{"a", "UInt8"}});
  for (int row = 0; row < 300; ++row) add_row(block, {0});
  std::string expected = bytes(
      "\x01\xAC\x02\x01"
      "a\x05UInt8");
  expected.append(300, '\0');
  EXPECT_EQ(written(block), expected);
}

TEST(NativeWriter, TheMissingFlagsAreTheNullMapAndRunToTheLastRow) {
  Block block = make_block({{"id", "UInt8"}, {"n", "UInt8", "id + 1"}});
  add_row(block, {1, 7});
  add_row(block, {2, -1});
  add_row(block, {3, 9});
  EXPECT_EQ(written(block), bytes("\x02\x03\x02id\x05UInt8\x01\x02\x03"
                                  "\x01n\x0FNullable(UInt8)\x00\x01\x00\x07\x00\x09"));
}

TEST(NativeWriter, LeavesOutWhatThePlanLeavesOut) {
  Block block = make_block({{"id", "UInt8"}, {"n", "UInt8", "id + 1"}});
  add_row(block, {1, -1});
  EXPECT_EQ(written(block), bytes("\x01\x01\x02id\x05UInt8\x01"));
}

TEST(NativeWriter, APresenceColumnFollowsItsValues) {
  Block block = make_block({{"n", "SimpleAggregateFunction(any, UInt8)", "5"}});
  add_row(block, {-1});
  add_row(block, {4});
  EXPECT_EQ(written(block), bytes("\x02\x02\x11_penstock_value_0"
                                  "\x23SimpleAggregateFunction(any, UInt8)"
                                  "\x00\x04\x13_penstock_missing_0\x05UInt8\x01\x00"));
}

}  // namespace
}  // namespace penstock::clickhouse
