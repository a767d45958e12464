#include "clickhouse/create_table.h"

#include <gtest/gtest.h>

#include "clickhouse/error_table.h"
#include "clickhouse/pipe_log.h"

namespace penstock::clickhouse {
namespace {

DestinationSettings managed() {
  return {.database = "shop",
          .table = "events",
          .columns = {{"id", "UInt64"}, {"odd`name", "LowCardinality(String)"}}};
}

TEST(CreateTable, IsAMergeTreeThatRemembersTokensUnlessToldOtherwise) {
  EXPECT_EQ(create_table_statement(managed()),
            "CREATE TABLE IF NOT EXISTS `shop`.`events`\n"
            "(\n"
            "    `id` UInt64,\n"
            "    `odd\\`name` LowCardinality(String)\n"
            ")\n"
            "ENGINE = MergeTree\n"
            "ORDER BY tuple()\n"
            "SETTINGS non_replicated_deduplication_window = 10000");
}

TEST(CreateTable, PutsEveryClauseWhereClickHouseWantsIt) {
  DestinationSettings destination = managed();
  destination.table_definition = TableDefinition{
      .engine = {.type = TableEngine::replacing_merge_tree, .version_column_id = "v`"},
      .sorting_key = {"id", "lower(name)"},
      .partition_by = "toYYYYMM(ts)",
      .primary_key = "id",
      .ttl = "ts + INTERVAL 1 DAY"};
  const std::string statement = create_table_statement(destination);
  EXPECT_TRUE(
      statement.ends_with("ENGINE = ReplacingMergeTree(`v\\``)\n"
                          "PARTITION BY toYYYYMM(ts)\n"
                          "PRIMARY KEY id\n"
                          "ORDER BY (id, lower(name))\n"
                          "TTL ts + INTERVAL 1 DAY\n"
                          "SETTINGS non_replicated_deduplication_window = 10000"))
      << statement;
}

TEST(CreateTable, SumsTheColumnsNamed) {
  DestinationSettings destination = managed();
  destination.table_definition =
      TableDefinition{.engine = {.type = TableEngine::summing_merge_tree, .column_ids = {"a", "b"}},
                      .primary_key = "id"};
  const std::string statement = create_table_statement(destination);
  EXPECT_NE(statement.find("ENGINE = SummingMergeTree((`a`, `b`))\nPRIMARY KEY id\nSETTINGS"),
            std::string::npos)
      << statement;
}

TEST(CreateTable, ANullTableHasNoKeysAndNoSettings) {
  DestinationSettings destination = managed();
  destination.table_definition = TableDefinition{.engine = {.type = TableEngine::null}};
  EXPECT_TRUE(create_table_statement(destination).ends_with(")\nENGINE = Null"));
}

TEST(ErrorTable, StandsBesideItsTableAndForgetsAfterAWeek) {
  const auto layout = error_table_layout(managed());
  EXPECT_EQ(layout->database, "shop");
  EXPECT_EQ(layout->table, "events_penstock_error");
  const std::string statement = create_error_table_statement(*layout);
  EXPECT_TRUE(statement.starts_with("CREATE TABLE IF NOT EXISTS `shop`.`events_penstock_error`"));
  EXPECT_NE(statement.find("`schema_id` Nullable(Int32)"), std::string::npos);
  EXPECT_NE(statement.find("ORDER BY `_timestamp`\n"
                           "TTL toDateTime(`_timestamp`) + INTERVAL 7 DAY\n"
                           "SETTINGS non_replicated_deduplication_window = 10000"),
            std::string::npos)
      << statement;
}

TEST(ErrorTable, SlotsAreWhereTheirNamesSay) {
  const auto layout = error_table_layout(managed());
  EXPECT_EQ(layout->columns[ErrorColumn::error_field].name, "error_field");
  EXPECT_EQ(layout->columns[ErrorColumn::offset].name, "_offset");
  EXPECT_EQ(layout->columns[ErrorColumn::header_values].name, "_header_values");
  EXPECT_EQ(layout->columns[ErrorColumn::replayed_at].name, "replayed_at");
  EXPECT_EQ(layout->columns.size(), 17U);
}

TEST(PipeLog, LivesInItsOwnDatabase) {
  EXPECT_EQ(create_pipe_log_database_statement(), "CREATE DATABASE IF NOT EXISTS `penstock`");
  const auto layout = pipe_log_layout();
  const std::string statement = create_pipe_log_statement(*layout);
  EXPECT_TRUE(statement.starts_with("CREATE TABLE IF NOT EXISTS `penstock`.`pipe_log`"));
  EXPECT_NE(statement.find("TTL toDateTime(`timestamp`) + INTERVAL 7 DAY"), std::string::npos);
  EXPECT_EQ(layout->columns[LogColumn::remedy].name, "remedy");
}

}  // namespace
}  // namespace penstock::clickhouse
