#include "clickhouse/create_table.h"

#include <gtest/gtest.h>

#include "clickhouse/error_table.h"
#include "clickhouse/pipe_log.h"

namespace penstock::clickhouse {
namespace {

DestinationSettings managed() {
  return {.database = "shop",
          .table = "events",
          .columns = {{.name = "id", .type = "UInt64"},
                      {.name = "odd`name", .type = "LowCardinality(String)"}}};
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
                          "ORDER BY (`id`, lower(name))\n"
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

TEST(CreateTable, WritesWhatEachColumnHasBesideItsType) {
  DestinationSettings destination = managed();
  destination.columns = {
      {.name = "a", .type = "UInt8", .default_value = "1", .codec = "ZSTD(3)", .comment = "it's"},
      {.name = "b", .type = "Date", .materialized = "toDate(ts)", .ttl = "b + INTERVAL 1 DAY"},
      {.name = "c", .type = "String", .alias = "toString(a)"},
      {.name = "d", .type = "String", .ephemeral = "''"}};
  const std::string statement = create_table_statement(destination);
  EXPECT_NE(statement.find("    `a` UInt8 DEFAULT 1 COMMENT 'it\\'s' CODEC(ZSTD(3)),\n"
                           "    `b` Date MATERIALIZED toDate(ts) TTL b + INTERVAL 1 DAY,\n"
                           "    `c` String ALIAS toString(a),\n"
                           "    `d` String EPHEMERAL ''\n"),
            std::string::npos)
      << statement;
}

TEST(CreateTable, LeavesRememberingTokensToReplicatedTables) {
  DestinationSettings destination = managed();
  destination.table_definition =
      TableDefinition{.engine = {.type = TableEngine::replicated_replacing_merge_tree,
                                 .version_column_id = "v",
                                 .is_deleted_column_id = "gone",
                                 .zookeeper_path = "/t/{shard}",
                                 .replica_name = "{replica}"},
                      .sorting_key = {"id"},
                      .on_cluster = "main"};
  std::string statement = create_table_statement(destination);
  EXPECT_TRUE(
      statement.starts_with("CREATE TABLE IF NOT EXISTS `shop`.`events` ON CLUSTER `main`\n("));
  EXPECT_TRUE(statement.ends_with(
      "\nENGINE = ReplicatedReplacingMergeTree('/t/{shard}', '{replica}', `v`, `gone`)\n"
      "ORDER BY (`id`)"))
      << statement;
  destination.table_definition->engine = {.type = TableEngine::shared_merge_tree};
  destination.table_definition->settings = {{"replicated_deduplication_window", "500"},
                                            {"storage_policy", "it's"}};
  statement = create_table_statement(destination);
  EXPECT_TRUE(
      statement.ends_with("\nENGINE = SharedMergeTree\nORDER BY (`id`)\n"
                          "SETTINGS replicated_deduplication_window = 500, "
                          "storage_policy = 'it\\'s'"))
      << statement;
}

TEST(CreateTable, LetsTheDocumentChooseTheWindow) {
  DestinationSettings destination = managed();
  destination.table_definition =
      TableDefinition{.settings = {{"non_replicated_deduplication_window", "7"}}};
  EXPECT_TRUE(create_table_statement(destination)
                  .ends_with("SETTINGS non_replicated_deduplication_window = 7"));
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

TEST(ErrorTable, StandsOnEveryServerOfTheCluster) {
  EXPECT_TRUE(create_error_table_statement(*error_table_layout(managed()), "main")
                  .starts_with("CREATE TABLE IF NOT EXISTS `shop`.`events_penstock_error` "
                               "ON CLUSTER `main`\n("));
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
