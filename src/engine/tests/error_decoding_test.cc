#include "engine/error_decoding.h"

#include <gtest/gtest.h>

#include "clickhouse/error_table.h"
#include "engine/error_records.h"
#include "engine/tests/lane_world.h"

namespace penstock {
namespace {

using clickhouse::ErrorRow;

ErrorRow row_at(std::string topic, std::int64_t offset, std::string message) {
  ErrorRow row{.position = {std::move(topic), 0, offset}};
  row.message = std::move(message);
  return row;
}

ErrorDecoding decoding(ErrorDecoding::Edit edit = {}) {
  return {testing::events_layout(), std::make_unique<testing::FakeDecoder>(), std::move(edit)};
}

TEST(ErrorDecoding, TellsWhatFitsFromWhatDoesNotAcrossLogs) {
  auto sorted = decoding().sort(
      {row_at("a", 1, "10"), row_at("a", 2, "bad"), row_at("b", 1, "bad"), row_at("b", 4, "11")});
  ASSERT_TRUE(sorted.ok());
  ASSERT_EQ(sorted.value().fitting.size(), 2u);
  EXPECT_EQ(sorted.value().fitting[1].position, (clickhouse::MessagePosition{"b", 0, 4}));
  EXPECT_EQ(sorted.value().fitting[1].message, "11");
  ASSERT_EQ(sorted.value().unfit.size(), 2u);
  EXPECT_EQ(sorted.value().unfit[0].position, (clickhouse::MessagePosition{"a", 0, 2}));
  EXPECT_EQ(sorted.value().unfit[0].field, "n");
  const auto block = decoding().decode(sorted.value().fitting);
  ASSERT_TRUE(block.ok());
  EXPECT_EQ(block.value().rows(), 2u);
}

TEST(ErrorDecoding, EditsMessagesAndLeavesThoseThatAreGone) {
  ErrorRow gone = row_at("a", 2, "");
  gone.error = "too large" + std::string(clickhouse::kMessageIsGone);
  const auto edit = [](const ErrorRow& row) {
    return row.message == "skip" ? std::nullopt : std::optional<std::string>("7");
  };
  auto sorted = decoding(edit).sort({row_at("a", 1, "bad"), gone, row_at("a", 3, "skip")});
  ASSERT_TRUE(sorted.ok());
  ASSERT_EQ(sorted.value().fitting.size(), 1u);
  EXPECT_EQ(sorted.value().fitting[0].message, "7");
  EXPECT_EQ(sorted.value().unfit.size(), 2u);
}

TEST(ErrorRecords, TakesAnEmptyKeyAndNoTimeForMissing) {
  std::vector<ErrorRow> rows = {row_at("a", 1, "x"), row_at("a", 2, "y")};
  rows[1].key = "k";
  rows[1].timestamp_ms = 5;
  rows[1].header_keys = {"h"};
  rows[1].header_values = {"v"};
  const std::vector<RecordBatch> batches = records_of(rows);
  ASSERT_EQ(batches.size(), 1u);
  EXPECT_EQ(batches[0].keys[0].data(), nullptr);
  EXPECT_EQ(as_text(batches[0].keys[1]), "k");
  EXPECT_EQ(batches[0].timestamps_ms, (std::vector<std::int64_t>{-1, 5}));
  EXPECT_TRUE(batches[0].headers_of(0).empty());
  ASSERT_EQ(batches[0].headers_of(1).size(), 1u);
  EXPECT_EQ(batches[0].headers_of(1)[0].name, "h");
}

}  // namespace
}  // namespace penstock
