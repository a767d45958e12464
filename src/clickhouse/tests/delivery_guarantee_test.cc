#include "clickhouse/delivery_guarantee.h"

#include <gtest/gtest.h>

#include "http/tests/http_server.h"

namespace penstock::clickhouse {
namespace {

using http::HttpServer;
using http::Reply;
using http::SeenRequest;

using namespace std::chrono_literals;

Mapping mapping_of(std::vector<std::pair<std::string, std::string>> columns,
                   std::vector<VirtualTarget> virtuals) {
  BlockLayout layout{"d", "t", {}};
  for (auto& [name, type] : columns) {
    layout.columns.push_back({.name = name, .type = parse_type(type).value()});
  }
  return {.layout = std::make_shared<const BlockLayout>(std::move(layout)),
          .payload = {},
          .virtuals = std::move(virtuals)};
}

const Mapping kPositions = mapping_of(
    {{"id", "UInt64"}, {"topic", "LowCardinality(String)"}, {"part", "Int32"}, {"place", "UInt64"}},
    {{VirtualColumn::topic, 1}, {VirtualColumn::partition, 2}, {VirtualColumn::offset, 3}});
const Mapping kNoPositions = mapping_of({{"id", "UInt64"}}, {});

TableFacts table_of(std::string engine, std::string engine_full = "", std::string name = "t") {
  return {.database = "d",
          .name = std::move(name),
          .engine = std::move(engine),
          .engine_full = std::move(engine_full),
          .sorting_key = "id"};
}

DestinationFacts facts_of(TableFacts table) {
  return {.version = "26.7.2.1",
          .settings = {{"readonly", {"0"}},
                       {"insert_deduplicate", {"1"}},
                       {"insert_deduplication_token", {""}},
                       {"deduplicate_insert", {"enable"}},
                       {"deduplicate_insert_select", {"enable_when_possible"}}},
          .table_defaults = {{"non_replicated_deduplication_window", 0},
                             {"replicated_deduplication_window", 10000},
                             {"replicated_deduplication_window_seconds", 3600}},
          .table = std::move(table)};
}

DeliveryGuarantee judged(const DestinationFacts& facts, const Mapping& mapping = kPositions) {
  return judge(facts, mapping, {});
}

TableFacts windowed(std::string name = "t") {
  return table_of("MergeTree",
                  "MergeTree ORDER BY id SETTINGS index_granularity = 8192, "
                  "non_replicated_deduplication_window = 50",
                  std::move(name));
}

TEST(DeliveryGuarantee, AMergeTreeWithAWindowIsExactAndIsAskedBeyondIt) {
  const DeliveryGuarantee guarantee = judged(facts_of(windowed()));
  EXPECT_TRUE(guarantee.exactly_once);
  EXPECT_EQ(guarantee.window, (TokenWindow{.inserts = 50, .age = std::nullopt}));
  EXPECT_EQ(to_string(guarantee),
            "exactly-once: the destination can honour it, because `d`.`t` remembers its last 50 "
            "inserts; beyond that it can be asked by topic, part, place");
  EXPECT_TRUE(guarantee.why_not_asked.empty());
  // Some releases heed a token in INSERT … SELECT only when told to.
  EXPECT_EQ(guarantee.insert_settings,
            (UrlSettings{{"deduplicate_insert_select", "enable_even_for_bad_queries"}}));
}

TEST(DeliveryGuarantee, WithoutAWindowTheAlterIsOffered) {
  const DeliveryGuarantee guarantee = judged(facts_of(table_of("MergeTree")));
  EXPECT_FALSE(guarantee.exactly_once);
  EXPECT_EQ(guarantee.remedy,
            "ALTER TABLE `d`.`t` MODIFY SETTING non_replicated_deduplication_window = 10000");
  EXPECT_NE(guarantee.because.find(guarantee.remedy), std::string::npos);
}

TEST(DeliveryGuarantee, AServersOwnDefaultCounts) {
  DestinationFacts facts = facts_of(table_of("MergeTree"));
  facts.table_defaults["non_replicated_deduplication_window"] = 7;
  EXPECT_EQ(judged(facts).window.inserts, 7U);
}

TEST(DeliveryGuarantee, ReplicatedAndSharedTablesRememberByNumberAndAge) {
  for (const char* engine : {"ReplicatedMergeTree", "SharedMergeTree"}) {
    const DeliveryGuarantee guarantee = judged(facts_of(table_of(engine)));
    EXPECT_EQ(guarantee.window, (TokenWindow{.inserts = 10000, .age = 3600s})) << engine;
  }
  const DeliveryGuarantee own = judged(facts_of(table_of(
      "ReplicatedMergeTree",
      "ReplicatedMergeTree('/p', '{r}') ORDER BY id SETTINGS "
      "replicated_deduplication_window = 5, replicated_deduplication_window_seconds = 60")));
  EXPECT_EQ(own.window, (TokenWindow{.inserts = 5, .age = 60s}));
  const DeliveryGuarantee none = judged(facts_of(table_of(
      "ReplicatedMergeTree", "ReplicatedMergeTree SETTINGS replicated_deduplication_window = 0")));
  EXPECT_EQ(none.remedy,
            "ALTER TABLE `d`.`t` MODIFY SETTING replicated_deduplication_window = 10000");
}

TEST(DeliveryGuarantee, WhereTheServerHidesItsDefaultsTheSmallestAreTaken) {
  DestinationFacts facts = facts_of(table_of("ReplicatedMergeTree"));
  facts.table_defaults.clear();
  EXPECT_EQ(judged(facts).window, (TokenWindow{.inserts = 100, .age = 3600s}));
}

TEST(DeliveryGuarantee, EachPartitionOfAnInsertTakesItsShareOfTheWindow) {
  DestinationFacts facts = facts_of(table_of("ReplicatedMergeTree"));
  facts.table.is_partitioned = true;
  EXPECT_EQ(judged(facts).window.inserts, 100U);
}

TEST(DeliveryGuarantee, TheTableIsNotAskedWithoutItsColumnsOrWhereRowsMerge) {
  EXPECT_EQ(judged(facts_of(windowed()), kNoPositions).why_not_asked,
            "no column is mapped to `_topic`, `_partition`, `_offset`");
  const Mapping text = mapping_of(
      {{"t", "String"}, {"p", "String"}, {"o", "Int64"}},
      {{VirtualColumn::topic, 0}, {VirtualColumn::partition, 1}, {VirtualColumn::offset, 2}});
  EXPECT_EQ(judged(facts_of(windowed()), text).why_not_asked,
            "no column is mapped to `_partition` (as text or integer)");
  DestinationFacts merging = facts_of(table_of("ReplicatedReplacingMergeTree"));
  EXPECT_EQ(
      judged(merging).why_not_asked,
      "ReplicatedReplacingMergeTree merges rows: put topic, part, place into the sorting key");
  merging.table.sorting_key = "id, topic, part, place";
  EXPECT_EQ(judged(merging).why_not_asked, "");
  EXPECT_TRUE(judged(merging).exactly_once);
}

TEST(DeliveryGuarantee, SettingsThatTurnItOffAreTurnedOnUnlessSomebodyWantsThem) {
  DestinationFacts facts = facts_of(windowed());
  facts.settings["insert_deduplicate"] = {"0"};
  facts.settings["deduplicate_insert"] = {"disable"};
  EXPECT_EQ(judged(facts).insert_settings,
            (UrlSettings{{"insert_deduplicate", "1"},
                         {"deduplicate_insert", "enable"},
                         {"deduplicate_insert_select", "enable_even_for_bad_queries"}}));
  EXPECT_EQ(judge(facts, kPositions, {{"insert_deduplicate", "0"}}).because,
            "settings of the document say clickhouse.insert_deduplicate = 0; remove that");
  facts.settings["deduplicate_insert"].is_fixed = true;
  EXPECT_EQ(judged(facts).because,
            "the user's profile fixes deduplicate_insert = disable; let it be enable");
  facts.settings.erase("insert_deduplication_token");
  EXPECT_NE(judged(facts).because.find("use 22.2 or newer"), std::string::npos);
  facts.settings["readonly"] = {"2", true};
  EXPECT_EQ(judged(facts).because,
            "the user may only read (readonly = 2); log in as one that may INSERT");
}

TEST(DeliveryGuarantee, AnOlderServerIsGivenNoSettingItDoesNotKnow) {
  DestinationFacts facts = facts_of(windowed());
  facts.settings.erase("deduplicate_insert");
  facts.settings.erase("deduplicate_insert_select");
  EXPECT_TRUE(judged(facts).exactly_once);
  EXPECT_TRUE(judged(facts).insert_settings.empty());
}

TEST(DeliveryGuarantee, EnginesThatRememberNothingSayWhatToDo) {
  EXPECT_EQ(judged(facts_of(table_of("Memory"))).because,
            "`d`.`t` is a Memory, which remembers no inserts; use one of the MergeTree family");
  EXPECT_NE(judged(facts_of(table_of("Buffer"))).because.find("write to the table behind it"),
            std::string::npos);
  EXPECT_EQ(judged(facts_of(table_of("MaterializedView"))).because,
            "`d`.`t` is a view; write to its target table");
}

DestinationFacts distributed(const std::string& key, std::vector<TableFacts> replicas) {
  DestinationFacts facts =
      facts_of(table_of("Distributed", "Distributed('c', 'd', 'local'" + key + ")"));
  facts.shards = replicas.size();
  facts.replicas = std::move(replicas);
  return facts;
}

TEST(DeliveryGuarantee, ADistributedTableIsAsExactAsTheTablesBehindIt) {
  const DeliveryGuarantee guarantee =
      judged(distributed(", cityHash64(id)", {windowed("local"), table_of("ReplicatedMergeTree")}));
  EXPECT_TRUE(guarantee.exactly_once);
  EXPECT_EQ(guarantee.window, (TokenWindow{.inserts = 50, .age = 3600s}));
  EXPECT_EQ(guarantee.insert_settings.back(),
            (std::pair<std::string, std::string>{"insert_distributed_sync", "1"}));
  const DeliveryGuarantee one_has_none =
      judged(distributed(", id", {windowed("local"), table_of("MergeTree", "", "local")}));
  EXPECT_NE(one_has_none.because.find("`d`.`local` remembers no inserts; ALTER TABLE"),
            std::string::npos);
  EXPECT_TRUE(one_has_none.remedy.empty()) << "it is not our table";
  EXPECT_NE(judged(distributed(", id", {table_of("Log")})).because.find("is a Log"),
            std::string::npos);
  DestinationFacts hidden = distributed("", {});
  hidden.replicas_refusal = "necessary to have the grant REMOTE ON *.*";
  EXPECT_EQ(judged(hidden).because,
            "the tables behind `d`.`t` cannot be seen: necessary to have the grant REMOTE ON *.*");
}

// A name that a shard knows would cost the other rows that come under it.
TEST(DeliveryGuarantee, ARandomShardingKeyTurnsDeduplicationOff) {
  for (const char* key : {"", ", rand()", ", id + rand32()", ", generateUUIDv4()"}) {
    const DeliveryGuarantee guarantee =
        judged(distributed(key, {windowed("local"), windowed("local")}));
    EXPECT_FALSE(guarantee.exactly_once) << key;
    EXPECT_EQ(guarantee.insert_settings, (UrlSettings{{"insert_distributed_sync", "1"},
                                                      {"insert_deduplicate", "0"},
                                                      {"deduplicate_insert", "disable"}}))
        << key;
  }
  EXPECT_TRUE(judged(distributed(", brand(id)", {windowed(), windowed()})).exactly_once);
  EXPECT_TRUE(judged(distributed(", rand()", {windowed()})).exactly_once) << "one shard only";
}

TEST(DeliveryGuarantee, ANullTableIsAsExactAsTheTargetsOfItsViews) {
  DestinationFacts facts = facts_of(table_of("Null"));
  EXPECT_FALSE(judged(facts).exactly_once);
  facts.views = {{"`d`.`v`", windowed("a")}};
  EXPECT_TRUE(judged(facts).exactly_once);
  EXPECT_EQ(judged(facts).why_not_asked, "a Null table holds no rows");
  facts.views.push_back({"`d`.`w`", table_of("MergeTree", "", "b")});
  EXPECT_NE(judged(facts).because.find("`d`.`b` remembers no inserts"), std::string::npos);
}

TEST(DeliveryGuarantee, ViewsWhoseTargetForgetsAreNamed) {
  DestinationFacts facts = facts_of(windowed());
  facts.views = {{"`d`.`v`", windowed("a")}, {"`d`.`w`", table_of("SummingMergeTree", "", "b")}};
  const DeliveryGuarantee guarantee = judged(facts);
  EXPECT_TRUE(guarantee.exactly_once);
  EXPECT_EQ(
      guarantee.remarks,
      (std::vector<std::string>{
          "view `d`.`w` counts a repeated insert twice, since `d`.`b` remembers none; ALTER "
          "TABLE `d`.`b` MODIFY SETTING non_replicated_deduplication_window = 10000 cures it"}));
}

TEST(DestinationFacts, ADistributedTablesArgumentsAreRead) {
  const DistributedArguments read = distributed_arguments(
      "Distributed('it\\'s', 'd, b', 't(1)', cityHash64(a, 'x)'), 'policy') SETTINGS a = 1");
  EXPECT_EQ(read.cluster, "it's");
  EXPECT_EQ(read.database, "d, b");
  EXPECT_EQ(read.table, "t(1)");
  EXPECT_EQ(read.sharding_key, "cityHash64(a, 'x)')");
  EXPECT_EQ(distributed_arguments("Distributed(c, d, t)").sharding_key, "");
}

/// A server with a plain MergeTree that takes an ALTER, or refuses it.
class TableServer {
 public:
  explicit TableServer(Reply to_alter = {})
      : to_alter_(std::move(to_alter)),
        server_([this](const SeenRequest& request) { return answer(request.body); }) {}

  Result<Destination> find(std::optional<bool> managed, bool may_alter) {
    const auto client = std::move(Client::make({.url = server_.url()})).value();
    return find_destination(
        *client, {.url = server_.url(), .database = "d", .table = "t", .managed_table = managed},
        kNoPositions, {}, may_alter);
  }
  bool was_altered() const { return was_altered_; }

 private:
  Reply answer(const std::string& query) {
    if (query.starts_with("ALTER TABLE")) {
      was_altered_ = to_alter_.status == 200;
      return to_alter_;
    }
    if (query.find("merge_tree_settings") != std::string::npos) {
      return {.status = 403,
              .headers = "X-ClickHouse-Exception-Code: 497\r\n",
              .body = "Code: 497. DB::Exception: u: Not enough privileges."};
    }
    if (query.find("arrayJoin") != std::string::npos) return {};
    if (query.find("system.tables") != std::string::npos) {
      return {.body = std::string(R"({"database":"d","name":"t","engine":"MergeTree",)") +
                      R"("engine_full":"MergeTree ORDER BY id SETTINGS )" +
                      (was_altered_ ? "non_replicated_deduplication_window = 10000" : "x = 1") +
                      R"(","sorting_key":"id","is_partitioned":0})"};
    }
    return {.body = R"({"name":"readonly","value":"0","readonly":0,"version":"26.7.2.1"}
{"name":"insert_deduplication_token","value":"","readonly":0,"version":"26.7.2.1"})"};
  }

  const Reply to_alter_;
  std::atomic<bool> was_altered_ = false;
  HttpServer server_;
};

TEST(FindDestination, AManagedTableIsGivenItsWindow) {
  TableServer server;
  const auto found = server.find(true, true);
  ASSERT_TRUE(found.ok()) << found.error().text();
  EXPECT_TRUE(found.value().guarantee.exactly_once);
  EXPECT_EQ(found.value().guarantee.remarks.front(),
            "managedTable is true: ALTER TABLE `d`.`t` MODIFY SETTING "
            "non_replicated_deduplication_window = 10000 was run");
}

TEST(FindDestination, NoOtherTableIsChanged) {
  for (const auto& [managed, may_alter] : {std::pair{std::optional<bool>(), true},
                                           {std::optional(false), true},
                                           {std::optional(true), false}}) {
    TableServer server;
    const auto found = server.find(managed, may_alter);
    ASSERT_TRUE(found.ok()) << found.error().text();
    EXPECT_FALSE(found.value().guarantee.exactly_once);
    EXPECT_FALSE(server.was_altered());
  }
}

TEST(FindDestination, AnAlterThatIsRefusedNamesTheGrant) {
  TableServer server({.status = 403,
                      .headers = "X-ClickHouse-Exception-Code: 497\r\n",
                      .body = "Code: 497. DB::Exception: u: Not enough privileges. To execute this "
                              "query, it's necessary to have the grant ALTER SETTINGS ON d.t."});
  const auto found = server.find(true, true);
  ASSERT_TRUE(found.ok()) << found.error().text();
  EXPECT_FALSE(found.value().guarantee.exactly_once);
  EXPECT_NE(found.value().guarantee.because.find("ALTER SETTINGS ON d.t"), std::string::npos);
}

}  // namespace
}  // namespace penstock::clickhouse
