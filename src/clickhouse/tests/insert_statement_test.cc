#include "clickhouse/insert_statement.h"

#include <gtest/gtest.h>

#include "clickhouse/tests/make_block.h"

namespace penstock::clickhouse {
namespace {

using Travels = std::vector<Travel>;

TEST(InsertStatement, NamesTheColumnsInTheOrderOfTheBlock) {
  Block block = make_block({{"id", "UInt64"}, {"odd`name", "UInt8"}});
  add_row(block, {1, 2});
  const InsertPlan plan = plan_insert(block);
  EXPECT_EQ(plan.statement, "INSERT INTO `d`.`t` (`id`, `odd\\`name`) FORMAT Native");
  EXPECT_EQ(plan.travels, (Travels{Travel::as_is, Travel::as_is}));
  EXPECT_EQ(plan.columns(), 2U);
}

TEST(InsertStatement, LeavesOutAColumnNoRowHas) {
  Block block = make_block({{"id", "UInt64"}, {"n", "UInt64", "id + 1"}});
  add_row(block, {1, -1});
  add_row(block, {2, -1});
  const InsertPlan plan = plan_insert(block);
  EXPECT_EQ(plan.statement, "INSERT INTO `d`.`t` (`id`) FORMAT Native");
  EXPECT_EQ(plan.columns(), 1U);
}

TEST(InsertStatement, ColumnsWithoutADefaultKeepTheirZeros) {
  Block block = make_block({{"id", "UInt64"}, {"n", "UInt64"}});
  add_row(block, {1, -1});
  EXPECT_EQ(plan_insert(block).travels, (Travels{Travel::as_is, Travel::as_is}));
}

TEST(InsertStatement, SendsAPlainColumnAsNullableWhenSomeRowsMissIt) {
  Block block = make_block({{"id", "UInt64"}, {"n", "UInt64", "id + 1"}});
  add_row(block, {1, -1});
  add_row(block, {2, 7});
  const InsertPlan plan = plan_insert(block);
  EXPECT_EQ(plan.statement, "INSERT INTO `d`.`t` (`id`, `n`) FORMAT Native");
  EXPECT_EQ(plan.travels, (Travels{Travel::as_is, Travel::nullable}));
}

TEST(InsertStatement, AlwaysSendsOneColumn) {
  Block block = make_block({{"n", "UInt64", "1"}, {"m", "UInt64", "2"}});
  add_row(block, {-1, -1});
  const InsertPlan plan = plan_insert(block);
  EXPECT_EQ(plan.travels, (Travels{Travel::nullable, Travel::left_out}));
}

TEST(InsertStatement, SelectsFromInputWhenNullIsNotTheSameAsMissing) {
  Block block = make_block({{"id", "UInt64"},
                            {"some", "Nullable(UInt64)", "plain * 10"},
                            {"plain", "UInt64", "id + 1"},
                            {"none", "UInt64", "plain + 1000"}});
  add_row(block, {1, -1, -1, -1});
  add_row(block, {2, 5, 50, -1});
  const InsertPlan plan = plan_insert(block);
  EXPECT_EQ(plan.travels, (Travels{Travel::as_is, Travel::with_presence, Travel::with_presence,
                                   Travel::left_out}));
  EXPECT_EQ(plan.columns(), 5U);
  EXPECT_EQ(plan.statement,
            "INSERT INTO `d`.`t` (`id`, `some`, `plain`, `none`) SELECT `id`, "
            "if(`_penstock_missing_1`, CAST((plain * 10), 'Nullable(UInt64)'), "
            "`_penstock_value_1`) AS `some`, "
            "if(`_penstock_missing_2`, CAST((id + 1), 'UInt64'), `_penstock_value_2`) AS `plain`, "
            "CAST((plain + 1000), 'UInt64') AS `none` FROM input('`id` UInt64, "
            "`_penstock_value_1` Nullable(UInt64), `_penstock_missing_1` UInt8, "
            "`_penstock_value_2` UInt64, `_penstock_missing_2` UInt8') FORMAT Native");
}

TEST(InsertStatement, QuotesTypesWithQuotesInside) {
  Block block = make_block(
      {{"e", "SimpleAggregateFunction(any, Enum8('it\\'s' = 1))", "1"}, {"id", "UInt8"}});
  add_row(block, {-1, 1});
  add_row(block, {1, 2});
  const std::string statement = plan_insert(block).statement;
  EXPECT_NE(
      statement.find("CAST((1), 'SimpleAggregateFunction(any, Enum8(\\'it\\\\\\'s\\' = 1))')"),
      std::string::npos)
      << statement;
}

}  // namespace
}  // namespace penstock::clickhouse
