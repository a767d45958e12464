#include "clickhouse/sql_text.h"

#include <gtest/gtest.h>

namespace penstock::clickhouse {
namespace {

TEST(SqlText, QuotesNamesInBackquotes) {
  EXPECT_EQ(quote_name("plain"), "`plain`");
  EXPECT_EQ(quote_name("back`tick\\slash"), "`back\\`tick\\\\slash`");
  EXPECT_EQ(quote_name("it's"), "`it's`");
}

TEST(SqlText, QuotesStringsAndKeepsEveryByte) {
  EXPECT_EQ(quote_string("it's a \\"), "'it\\'s a \\\\'");
  EXPECT_EQ(quote_string(std::string_view("a\0b", 3)), "'a\\0b'");
  EXPECT_EQ(quote_string("line\nline"), "'line\nline'");
}

TEST(SqlText, LeavesAnEmptyDatabaseOut) {
  EXPECT_EQ(quote_table("d", "t"), "`d`.`t`");
  EXPECT_EQ(quote_table("", "t"), "`t`");
}

}  // namespace
}  // namespace penstock::clickhouse
