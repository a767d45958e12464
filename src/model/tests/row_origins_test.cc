#include "model/row_origins.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

namespace penstock {
namespace {

TEST(RowOrigins, KeepAMillionRowsOfOneLogInAFewBytes) {
  RowOrigins origins;
  for (std::int64_t offset = 0; offset < 1'000'000; ++offset) {
    origins.add({.log = LogId{3}, .offset = 7'000 + offset});
  }
  EXPECT_EQ(origins.rows(), 1'000'000u);
  EXPECT_LE(origins.bytes(), 32u);
  EXPECT_EQ(origins.at(0).offset, 7'000);
  EXPECT_EQ(origins.at(999'999).offset, 1'006'999);
  EXPECT_EQ(origins.at(999'999).log, LogId{3});
}

TEST(RowOrigins, KeepTheRowsOfOneRecordInAFewBytes) {
  RowOrigins origins;
  for (int row = 0; row < 3'000; ++row) {
    origins.add({.log = LogId{3}, .offset = row < 1'000 ? 7'000 : 8'000 + row / 100});
  }
  EXPECT_LE(origins.bytes(), 21u * 32u);  // one record of 1000 rows, twenty of 100
  EXPECT_EQ(origins.at(999).offset, 7'000);
  EXPECT_EQ(origins.at(2'999).offset, 8'029);
}

TEST(RowOrigins, GiveBackEveryOriginWithGapsRepeatsAndOtherLogs) {
  std::mt19937_64 random(1);
  RowOrigins origins;
  for (int time = 0; time < 20; ++time) {
    std::vector<RowOrigin> expected;
    RowOrigin origin;
    for (int row = 0; row < 2'000; ++row) {
      switch (random() % 20) {
        case 0: origin.log = LogId{static_cast<std::uint32_t>(random() % 3)}; break;
        case 1: origin.offset += static_cast<std::int64_t>(random() % 5); break;
        case 2: origin.offset -= static_cast<std::int64_t>(random() % 5); break;
        default: ++origin.offset;
      }
      origins.add(origin);
      expected.push_back(origin);
    }
    ASSERT_EQ(origins.rows(), expected.size());
    for (std::size_t row = 0; row < expected.size(); ++row) {
      ASSERT_EQ(origins.at(row).log, expected[row].log) << row;
      ASSERT_EQ(origins.at(row).offset, expected[row].offset) << row;
    }
    origins.clear();
    EXPECT_EQ(origins.rows(), 0u);
    EXPECT_EQ(origins.bytes(), 0u);
  }
}

TEST(RowOrigins, BeginAnewAfterTheyWereCleared) {
  RowOrigins origins;
  origins.add({.log = LogId{1}, .offset = 5});
  origins.clear();
  origins.add({.log = LogId{1}, .offset = 6});
  EXPECT_EQ(origins.at(0).offset, 6);
}

TEST(RowOrigins, GoOnWhereTheyWereTruncated) {
  std::mt19937_64 random(2);
  RowOrigins origins;
  std::vector<std::int64_t> expected;
  for (int time = 0; time < 2'000; ++time) {
    if (random() % 8 == 0) {
      const std::size_t rows = random() % (expected.size() + 2);
      origins.truncate(rows);
      expected.resize(std::min(rows, expected.size()));
    }
    const std::int64_t last = expected.empty() ? 0 : expected.back();
    expected.push_back(last + static_cast<std::int64_t>(random() % 3));
    origins.add({.log = LogId{1}, .offset = expected.back()});
  }
  ASSERT_EQ(origins.rows(), expected.size());
  for (std::size_t row = 0; row < expected.size(); ++row) {
    ASSERT_EQ(origins.at(row).offset, expected[row]) << row;
  }
}

TEST(RowOrigins, HoldTheLargestOffset) {
  RowOrigins origins;
  origins.add({.log = LogId{1}, .offset = std::numeric_limits<std::int64_t>::max()});
  EXPECT_EQ(origins.at(0).offset, std::numeric_limits<std::int64_t>::max());
}

}  // namespace
}  // namespace penstock
