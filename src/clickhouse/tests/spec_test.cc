#include "clickhouse/spec.h"

#include <gtest/gtest.h>

#include <string>

#include "spec/read_document.h"
#include "spec/spec.h"

namespace penstock::clickhouse {
namespace {

DestinationSettings valid(const std::string& yaml) {
  const auto parsed = destination_spec().parse(spec::read_yaml(yaml).documents.at(0));
  EXPECT_TRUE(parsed.problems.empty()) << spec::problems_text(parsed.problems, "f");
  return parsed.config;
}

/// The paths of all problems, each followed by a blank.
std::string refused(const std::string& yaml) {
  std::string paths;
  const auto parsed = destination_spec().parse(spec::read_yaml(yaml).documents.at(0));
  for (const auto& problem : parsed.problems) paths += problem.path + " ";
  return paths;
}

TEST(ClickHouseSpec, UsesAnExistingTableUnlessColumnsAreListed) {
  EXPECT_FALSE(creates_table(valid("{table: t}")));
  EXPECT_TRUE(creates_table(valid("{table: t, columns: [{name: a, type: String}]}")));
  EXPECT_FALSE(
      creates_table(valid("{table: t, managedTable: false, columns: [{name: a, type: String}]}")));
}

TEST(ClickHouseSpec, FillsInServerAndDatabase) {
  const DestinationSettings settings = valid("{table: t}");
  EXPECT_EQ(settings.url, "http://127.0.0.1:8123");
  EXPECT_EQ(settings.user, "default");
  EXPECT_EQ(settings.database, "default");
}

TEST(ClickHouseSpec, NamesTheErrorTableAfterTheTable) {
  EXPECT_EQ(error_table_name(valid("{table: t}")), "t_penstock_error");
  EXPECT_EQ(error_table_name(valid("{table: t, errorTable: e}")), "e");
  EXPECT_EQ(refused("{table: t, errorTable: t}"), "errorTable ");
}

TEST(ClickHouseSpec, ReadsAWholeTableDefinition) {
  const DestinationSettings settings = valid(R"({table: t, managedTable: true,
    columns: [{name: id, type: UInt64}, {name: v, type: UInt64}], roles: [writer],
    tableDefinition: {engine: {type: ReplacingMergeTree, versionColumnId: v, columnIds: null},
      sortingKey: [id], partitionBy: 'intDiv(id, 10)', primaryKey: id, ttl: now()}})");
  ASSERT_TRUE(settings.table_definition.has_value());
  EXPECT_EQ(settings.table_definition->engine.type, TableEngine::replacing_merge_tree);
  EXPECT_EQ(wire_name(settings.table_definition->engine.type), "ReplacingMergeTree");
  EXPECT_EQ(settings.table_definition->sorting_key, std::vector<std::string>{"id"});
  EXPECT_EQ(settings.columns.at(1).name, "v");
}

TEST(ClickHouseSpec, WantsColumnsOfAManagedTable) {
  EXPECT_EQ(refused("{table: t, managedTable: true}"), "columns ");
  EXPECT_EQ(refused("{table: t, tableDefinition: {}}"), "tableDefinition ");
  EXPECT_EQ(refused("{table: t, managedTable: false, tableDefinition: {}}"), "");
}

TEST(ClickHouseSpec, ChecksTheEngineAgainstTheColumns) {
  const auto engine = [](const std::string& text) {
    return refused("{table: t, columns: [{name: id, type: UInt64}], tableDefinition: {" + text +
                   "}}");
  };
  EXPECT_EQ(engine("engine: {type: ReplacingMergeTree}"), "tableDefinition.sortingKey ");
  EXPECT_EQ(engine("engine: {versionColumnId: id}"), "tableDefinition.engine.versionColumnId ");
  EXPECT_EQ(engine("engine: {type: 'Null', columnIds: [id]}"), "tableDefinition.engine.columnIds ");
  EXPECT_EQ(engine("engine: {type: SummingMergeTree, columnIds: [id, ix]}"),
            "tableDefinition.engine.columnIds[1] ");
  EXPECT_EQ(engine("engine: {type: ReplacingMergeTree, versionColumnId: x}, sortingKey: [id]"),
            "tableDefinition.engine.versionColumnId ");
}

TEST(ClickHouseSpec, ChecksWhatBelongsToReplacingAndReplicatedEngines) {
  const auto engine = [](const std::string& text) {
    return refused(
        "{table: t, columns: [{name: id, type: UInt64}, {name: gone, type: UInt8}], "
        "tableDefinition: {sortingKey: [id], engine: {" +
        text + "}}}");
  };
  EXPECT_EQ(engine("type: SharedReplacingMergeTree, versionColumnId: id, isDeletedColumnId: gone"),
            "");
  EXPECT_EQ(engine("type: ReplacingMergeTree, isDeletedColumnId: gone"),
            "tableDefinition.engine.versionColumnId ");
  EXPECT_EQ(engine("type: ReplacingMergeTree, versionColumnId: id, isDeletedColumnId: gnoe"),
            "tableDefinition.engine.isDeletedColumnId ");
  EXPECT_EQ(engine("type: ReplicatedSummingMergeTree, columnIds: [id]"), "");
  EXPECT_EQ(engine("type: ReplicatedMergeTree, zookeeperPath: /a"),
            "tableDefinition.engine.replicaName ");
  EXPECT_EQ(engine("zookeeperPath: /a, replicaName: b"),
            "tableDefinition.engine.zookeeperPath tableDefinition.engine.replicaName ");
}

TEST(ClickHouseSpec, WantsNamesOfTableSettings) {
  EXPECT_EQ(refused("{table: t, columns: [{name: id, type: UInt64}], tableDefinition: {settings: "
                    "{index_granularity: 1024, 'x = 1, y': 2}}}"),
            "tableDefinition.settings.x = 1, y ");
}

TEST(ClickHouseSpec, WantsOneExpressionPerColumn) {
  EXPECT_EQ(refused("{table: t, columns: [{name: id, type: UInt64, default: '1', alias: '2'}]}"),
            "columns[0].alias ");
  EXPECT_EQ(valid("{table: t, columns: [{name: id, type: UInt64, default: '1'}]}")
                .columns[0]
                .default_value,
            "1");
}

TEST(ClickHouseSpec, RefusesDoubledAndNamelessColumns) {
  EXPECT_EQ(refused("{table: t, columns: [{name: a, type: String}, {name: a, type: Int8}]}"),
            "columns[1].name ");
  EXPECT_EQ(refused("{table: t, columns: [{name: '', type: ''}]}"),
            "columns[0].name columns[0].type ");
}

TEST(ClickHouseSpec, RefusesWhatIsNoServerAddressAndHidesItsPassword) {
  for (const char* url : {"clickhouse:8123", "tcp://a:9000", "http://", "http://a/path?x=1",
                          "http://me:hunter2@a:8123"}) {
    const std::string yaml = std::string("{table: t, url: '") + url + "'}";
    const auto parsed = destination_spec().parse(spec::read_yaml(yaml).documents.at(0));
    ASSERT_EQ(parsed.problems.size(), 1u) << url;
    EXPECT_EQ(parsed.problems[0].path, "url");
    EXPECT_EQ(parsed.problems[0].found.find("hunter2"), std::string::npos);
  }
  EXPECT_EQ(valid("{table: t, url: 'https://[::1]:8443/'}").url, "https://[::1]:8443/");
}

}  // namespace
}  // namespace penstock::clickhouse
