#include "clickhouse/described_table.h"

#include <gtest/gtest.h>

namespace penstock::clickhouse {
namespace {

using Texts = std::vector<std::string>;

TableColumn column(const std::string& name, const std::string& type,
                   DefaultKind kind = DefaultKind::none, const std::string& expression = "") {
  return {name, parse_type(type).value(), kind, expression};
}

DestinationSettings orders() {
  return {.database = "shop",
          .table = "orders",
          .columns = {{.name = "id", .type = "UInt64"},
                      {.name = "price", .type = "Decimal64(2)"},
                      {.name = "day", .type = "Date", .materialized = "toDate(at)"}}};
}

Table orders_table() {
  return {.database = "shop",
          .name = "orders",
          .engine = "SharedReplacingMergeTree",
          .sorting_key = "id, lower(name)",
          .columns = {column("id", "UInt64"), column("price", "Decimal(18, 2)"),
                      column("day", "Date", DefaultKind::materialized, "toDate(at)")}};
}

TEST(DescribedTable, KnowsWhichColumnsTheServerComputes) {
  const auto table = described_table(orders());
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table.value().columns[0].default_kind, DefaultKind::none);
  EXPECT_EQ(table.value().columns[2].default_kind, DefaultKind::materialized);
}

TEST(Differences, AreNoneForAnotherSpellingOfTheSame) {
  DestinationSettings document = orders();
  document.table_definition =
      TableDefinition{.engine = {.type = TableEngine::replicated_replacing_merge_tree},
                      .sorting_key = {"id", "lower(`name`)"}};
  EXPECT_EQ(differences(document, orders_table()), Texts{});
}

TEST(Differences, AreNoneForTheBracketsOfAKey) {
  DestinationSettings document = orders();
  Table found = orders_table();
  document.table_definition =
      TableDefinition{.engine = {.type = TableEngine::replacing_merge_tree}, .sorting_key = {"id"}};
  found.sorting_key = "(id)";
  EXPECT_EQ(differences(document, found), Texts{});
  document.table_definition->sorting_key = {"(id)", "(day)"};
  found.sorting_key = "(id), (day)";
  EXPECT_EQ(differences(document, found), Texts{});
}

TEST(Differences, AreNoneWhereTheDocumentSaysNothing) {
  EXPECT_EQ(differences({.table = "orders"}, orders_table()), Texts{});
}

TEST(Differences, NameEachColumnEngineAndKey) {
  DestinationSettings document = orders();
  document.table_definition = TableDefinition{.engine = {.type = TableEngine::replacing_merge_tree},
                                              .sorting_key = {"id", "price"}};
  Table found = orders_table();
  found.columns[0] = column("id", "Int32");
  found.columns[2] = column("day", "Date");
  found.columns[1].name = "cost";
  EXPECT_EQ(differences(document, found),
            (Texts{"the table is sorted by (id, lower(name)), the document says (id, price)",
                   "column `id` is Int32 in the table, the document says UInt64",
                   "column `price` is not in the table and is not written",
                   "column `day` is without a default in the table, the document says MATERIALIZED",
                   "column `cost` (Decimal(18, 2)) is in the table, not in the document"}));
  found.engine = "Memory";
  EXPECT_EQ(differences(document, found).front(),
            "the table has the engine Memory, the document says ReplacingMergeTree");
}

TEST(ColumnChanges, SayWhatWasAddedDroppedAndChanged) {
  const Table before = orders_table();
  Table now = before;
  EXPECT_EQ(column_changes(before, now), Texts{});
  now.columns[0] = column("id", "UInt64", DefaultKind::expression, "7");
  now.columns[1] = column("note", "String");
  EXPECT_EQ(column_changes(before, now),
            (Texts{"column `id` was UInt64, is UInt64, a DEFAULT 7",
                   "column `note` was added (String)", "column `price` was dropped"}));
}

}  // namespace
}  // namespace penstock::clickhouse
