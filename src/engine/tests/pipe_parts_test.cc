#include "engine/pipe_parts.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

constexpr std::size_t kMiB = 1u << 20;

TEST(SealRange, GrowsToAMillionRowsWithinTheMemory) {
  const SealRange range = seal_range({.insert_threads = 2}, 192 * kMiB, 1);
  EXPECT_EQ(range.steady.rows, 100'000u);
  EXPECT_EQ(range.steady.bytes, 32 * kMiB);
  EXPECT_EQ(range.largest.rows, 1'000'000u);
  EXPECT_EQ(range.largest.bytes, 48 * kMiB) << "one filled, two inserted, one to spare";
}

TEST(SealRange, KeepsToTheSizesADocumentGives) {
  const SealRange range =
      seal_range({.max_insert_rows = 500, .max_insert_bytes = 100 * kMiB}, 192 * kMiB, 1);
  EXPECT_EQ(range.steady.rows, 500u);
  EXPECT_EQ(range.largest.rows, 500u);
  EXPECT_EQ(range.steady.bytes, 100 * kMiB);
  EXPECT_EQ(range.largest.bytes, 100 * kMiB);
}

TEST(SealRange, ShrinksBlocksToALittleMemory) {
  const SealRange range = seal_range({.insert_threads = 2}, 12 * kMiB, 1);
  EXPECT_EQ(range.steady.bytes, 3 * kMiB);
  EXPECT_EQ(range.largest.bytes, 3 * kMiB);
}

TEST(SealRange, DividesTheMemoryAmongLanes) {
  EXPECT_EQ(seal_range({.insert_threads = 2}, 200 * kMiB, 2).largest.bytes, 40 * kMiB);
  EXPECT_EQ(seal_range({.insert_threads = 2}, 200 * kMiB, 7).steady.bytes, 20 * kMiB);
}

TableColumn column(const std::string& name, const std::string& type) {
  return {.name = name, .type = parse_type(type).value()};
}

TEST(MapTable, ReadsTimesInTheServersZoneWhereTheColumnNamesNone) {
  Table table{.name = "t",
              .columns = {column("a", "DateTime"), column("b", "Array(Nullable(DateTime64(6)))"),
                          column("c", "DateTime('UTC')")},
              .time_zone = "Asia/Tokyo"};
  const auto types = [&table] {
    std::string texts;
    const Mapping mapping = map_table({}, table).value();
    for (const TableColumn& one : mapping.layout->columns) {
      texts += to_string(one.type) + " ";
    }
    return texts;
  };
  EXPECT_EQ(types(),
            "DateTime('Asia/Tokyo') Array(Nullable(DateTime64(6, 'Asia/Tokyo'))) DateTime('UTC') ");
  table.time_zone = "Etc/UTC";
  EXPECT_EQ(types(), "DateTime Array(Nullable(DateTime64(6))) DateTime('UTC') ");
}

TEST(MapTable, WritesOfATableThatIsNotOursWhatTheDocumentLists) {
  const Table table{.name = "t", .columns = {column("a", "UInt8"), column("b", "UInt8")}};
  PipeDocument document;
  document.destination.managed_table = false;
  document.destination.columns = {{.name = "b", .type = "UInt8"}};
  EXPECT_EQ(map_table(document, table).value().layout->columns.size(), 1u);
  document.destination.managed_table = true;
  EXPECT_EQ(map_table(document, table).value().layout->columns.size(), 2u)
      << "a column added to our table later";
}

TEST(CountLanes, LeavesACoreFreeUnlessTheDocumentSaysOtherwise) {
  EXPECT_EQ(count_lanes({}, 8, 0), 1u) << "cores unknown";
  EXPECT_EQ(count_lanes({}, 8, 1), 1u);
  EXPECT_EQ(count_lanes({}, 8, 2), 1u);
  EXPECT_EQ(count_lanes({}, 8, 4), 3u);
  EXPECT_EQ(count_lanes({.lanes = 2}, 8, 2), 2u);
}

TEST(CountLanes, GivesEachLaneAPartitionAndMemory) {
  EXPECT_EQ(count_lanes({.lanes = 5}, 3, 8), 3u);
  EXPECT_EQ(count_lanes({}, 0, 8), 1u);
  EXPECT_EQ(count_lanes({.memory_limit_bytes = 128 * kMiB}, 8, 16), 2u);
  EXPECT_EQ(count_lanes({.memory_limit_bytes = 16 * kMiB}, 8, 16), 1u);
}

}  // namespace
}  // namespace penstock
