#include "clickhouse/message_position.h"

#include <gtest/gtest.h>

#include <vector>

#include "clickhouse/row_binary.h"

namespace penstock::clickhouse {
namespace {

const PositionColumns kColumns{"topic", "part", "at", ""};

TEST(MessagePosition, ListsTheOffsetsOfEachLogOnce) {
  const std::vector<MessagePosition> positions = {
      {"a", 0, 1}, {"a", 0, 7}, {"a", 1, 7}, {"b'", 1, 7}};
  EXPECT_EQ(is_one_of(positions, kColumns),
            "((`topic` = 'a' AND `part` = 0 AND `at` IN (1, 7)) OR "
            "(`topic` = 'a' AND `part` = 1 AND `at` IN (7)) OR "
            "(`topic` = 'b\\'' AND `part` = 1 AND `at` IN (7)))");
}

TEST(MessagePosition, IsFalseForNoPositionAtAll) { EXPECT_EQ(is_one_of({}, kColumns), "0"); }

TEST(RowBinary, ReadsNumbersTextsAndLists) {
  RowBinary answer(std::string_view("\x2a\0\0\0\2ab\2\1x\0", 11));
  EXPECT_EQ(answer.number<std::int32_t>(), 42);
  EXPECT_EQ(answer.text(), "ab");
  EXPECT_EQ(answer.texts(), (std::vector<std::string>{"x", ""}));
  EXPECT_TRUE(answer.at_end());
  EXPECT_FALSE(answer.is_broken());
}

TEST(RowBinary, SaysThatAnAnswerEndsTooEarly) {
  RowBinary answer(
      "\x05"
      "ab");
  EXPECT_EQ(answer.text(), "");
  EXPECT_TRUE(answer.is_broken());
  EXPECT_TRUE(answer.at_end());
  EXPECT_EQ(answer.number<std::int64_t>(), 0);
}

}  // namespace
}  // namespace penstock::clickhouse
