#include "model/record.h"

#include <gtest/gtest.h>

#include <array>

namespace penstock {
namespace {

/// Three headers, each of one record.
struct Named final : RecordStorage {
  std::span<const Header> headers_of(std::size_t record) override { return {&headers[record], 1}; }
  std::array<Header, 3> headers{Header{"a", {}}, Header{"b", {}}, Header{"c", {}}};
};

/// Offsets 4, 5 and 9; the log goes on at 12.
RecordBatch three_records() {
  RecordBatch batch;
  batch.span = {LogId{1}, "4", "12", 3};
  batch.keys.resize(3);
  batch.values.resize(3);
  batch.timestamps_ms = {40, 50, 90};
  batch.offsets = {4, 5, 9};
  batch.next = 12;
  batch.storage = std::make_shared<Named>();
  return batch;
}

TEST(RecordBatch, FrontEndsWhereTheNextRecordBegins) {
  const RecordBatch head = three_records().front(2);
  EXPECT_EQ(head.offsets, (std::vector<std::int64_t>{4, 5}));
  EXPECT_EQ(head.next, 9);
  EXPECT_EQ(head.span.resume_after, "9");
  EXPECT_EQ(head.span.records, 2u);
  EXPECT_EQ(head.headers_of(1).front().name, "b");
}

TEST(RecordBatch, FrontOfNothingOnlySaysWhereTheLogGoesOn) {
  const RecordBatch head = three_records().front(0);
  EXPECT_EQ(head.size(), 0u);
  EXPECT_EQ(head.next, 4);
}

TEST(RecordBatch, DropFrontKeepsTheRestWithItsHeaders) {
  RecordBatch batch = three_records();
  batch.drop_front(2);
  EXPECT_EQ(batch.offsets, (std::vector<std::int64_t>{9}));
  EXPECT_EQ(batch.span.first, "9");
  EXPECT_EQ(batch.span.resume_after, "12");
  EXPECT_EQ(batch.headers_of(0).front().name, "c");
}

}  // namespace
}  // namespace penstock
