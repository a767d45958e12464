#include "clickhouse/range_rows.h"

#include <functional>
#include <thread>

#include "base/clock.h"
#include "clickhouse/error_table.h"
#include "clickhouse/query_id.h"
#include "clickhouse/tests/real_server.h"
#include "http/tests/http_server.h"

namespace penstock::clickhouse {
namespace {

using http::HttpServer;
using http::Reply;
using http::SeenRequest;

using namespace std::chrono_literals;

const RangeRows::Question kQuestion{
    .delivery_id = "topic:3:10-20", .topic = "it's", .partition = 3, .first = 10, .last = 20};

AskedTable plain_table() {
  return {.sent_to = "`d`.`t`",
          .table = "`d`.`t`",
          .columns = {.topic = "topic", .partition = "part", .offset = "place", .why_not = {}},
          .condition = {},
          .cluster = {},
          .sync_statement = {}};
}

/// Says how many earlier attempts run, and refuses what it is told to.
struct FakeServer {
  HttpServer server{[this](const SeenRequest& request) { return answer(request.body); }};
  std::atomic<int> running = 0;
  int uptime = 0;                   // seconds
  std::string refuses = "nothing";  // queries that begin with or contain this

  Reply answer(const std::string& query) const {
    if (query.find(refuses) != std::string::npos) {
      return {.status = 403,
              .headers = "X-ClickHouse-Exception-Code: 497\r\n",
              .body =
                  "Code: 497. DB::Exception: u: Not enough privileges. To execute this query, "
                  "it's necessary to have the grant for " +
                  refuses + "."};
    }
    if (query.find("system.processes") != std::string::npos) {
      return {.body = R"({"running":)" + std::to_string(running) + "}\n"};
    }
    if (query.find("uptime()") != std::string::npos) {
      return {.body = R"({"seconds":)" + std::to_string(uptime) + "}\n"};
    }
    if (!query.starts_with("SELECT")) return {};
    return {.body = R"({"first":10,"last":12,"rows":1}
{"first":"15","last":"15","rows":"2"})"};
  }

  std::unique_ptr<RangeRows> ask(AskedTable table = plain_table(), Patience patience = {}) {
    return std::move(make_range_rows({.url = server.url()}, std::move(table), patience)).value();
  }
  std::string last_query() const { return server.seen().back().body; }
};

TEST(RangeRows, AnswersRunsOfOffsetsWithAsManyRowsEach) {
  FakeServer fake;
  const auto runs = fake.ask()->stored(kQuestion);
  ASSERT_TRUE(runs.ok()) << runs.error().text();
  EXPECT_EQ(runs.value(), (std::vector<OffsetRun>{{.first = 10, .last = 12},
                                                  {.first = 15, .last = 15, .rows = 2}}));
  EXPECT_NE(fake.last_query().find("FROM `d`.`t` WHERE `topic` = 'it\\'s' AND `part` = 3 AND "
                                   "`place` BETWEEN 10 AND 20 GROUP BY"),
            std::string::npos)
      << fake.last_query();
}

TEST(RangeRows, WaitsForAnEarlierAttemptAndKillsItWhenItDoesNotEnd) {
  FakeServer fake;
  fake.running = 1;
  const auto patient = fake.ask();
  const auto waits = patient->stored(kQuestion);
  ASSERT_FALSE(waits.ok());
  EXPECT_EQ(waits.error().recovery, Recovery::retry);
  EXPECT_NE(waits.error().message.find("is not over"), std::string::npos);
  EXPECT_NE(fake.last_query().find("query_id LIKE '" + query_id_prefix("`d`.`t`", "topic:3:10-20")),
            std::string::npos);
  fake.running = 0;
  EXPECT_TRUE(patient->stored(kQuestion).ok());

  fake.running = 1;
  const auto impatient = fake.ask(plain_table(), {.before_kill = 0ms});
  EXPECT_NE(impatient->stored(kQuestion).error().message.find("it was killed"), std::string::npos);
  EXPECT_TRUE(fake.last_query().starts_with("KILL QUERY WHERE query_id LIKE 'penstock-"));
  EXPECT_TRUE(fake.last_query().ends_with(" SYNC"));
}

TEST(RangeRows, LooksOnEveryReplicaAndBringsOursUpToDate) {
  FakeServer fake;
  AskedTable table = plain_table();
  table.cluster = "c1";
  table.sync_statement = "SYSTEM SYNC REPLICA `d`.`t` LIGHTWEIGHT";
  ASSERT_TRUE(fake.ask(table)->stored(kQuestion).ok());
  const auto seen = fake.server.seen();
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_NE(seen[0].body.find("FROM clusterAllReplicas('c1', system.processes)"),
            std::string::npos);
  EXPECT_EQ(seen[1].body, table.sync_statement);
  EXPECT_EQ(seen[2].parameter("select_sequential_consistency"), "1");
  fake.running = 1;
  (void)fake.ask(table, {.before_kill = 0ms})->stored(kQuestion);
  EXPECT_TRUE(fake.last_query().starts_with("KILL QUERY ON CLUSTER `c1` WHERE query_id LIKE"));
}

TEST(RangeRows, NamesMayBeHollowWhereTheServerStartedSinceTheyWerePlanned) {
  FakeServer fake;
  fake.uptime = 300;
  const std::int64_t now = wall_clock_ms();
  EXPECT_FALSE(fake.ask()->may_be_hollow(now - 120'000).value());
  EXPECT_TRUE(fake.ask()->may_be_hollow(now - 600'000).value());
  EXPECT_TRUE(fake.ask()->may_be_hollow(now - 250'000).value()) << "by a clock of another machine";
  AskedTable table = plain_table();
  table.cluster = "c1";
  EXPECT_TRUE(fake.ask(table)->may_be_hollow(0).value());
  EXPECT_NE(fake.last_query().find("FROM clusterAllReplicas('c1', system.one)"), std::string::npos);
  table.is_replicated = true;
  EXPECT_FALSE(fake.ask(table)->may_be_hollow(0).value());
}

TEST(RangeRows, GivesTimeToWhatItMayNotSeeAndNamesTheGrant) {
  FakeServer fake;
  fake.refuses = "system.processes";
  const auto waits = fake.ask()->stored(kQuestion);
  ASSERT_FALSE(waits.ok());
  EXPECT_EQ(waits.error().recovery, Recovery::retry);
  EXPECT_GT(waits.error().wait, 50s);
  EXPECT_NE(waits.error().message.find("the grant for system.processes"), std::string::npos);
  EXPECT_NE(waits.error().message.find("is given 60 s to end"), std::string::npos);
  EXPECT_TRUE(fake.ask(plain_table(), {.blind = 0ms})->stored(kQuestion).ok());
}

TEST(RangeRows, NamesTheGrantsForKillingAndSynchronising) {
  FakeServer fake;
  fake.running = 1;
  fake.refuses = "KILL QUERY";
  const auto running = fake.ask(plain_table(), {.before_kill = 0ms})->stored(kQuestion);
  EXPECT_EQ(running.error().recovery, Recovery::retry) << "it may end by itself";
  EXPECT_NE(running.error().message.find("the grant for KILL QUERY"), std::string::npos);

  fake.running = 0;
  fake.refuses = "SYSTEM SYNC REPLICA";
  AskedTable table = plain_table();
  table.sync_statement = "SYSTEM SYNC REPLICA `d`.`t`";
  const auto stale = fake.ask(table)->stored(kQuestion);
  EXPECT_EQ(stale.error().recovery, Recovery::stop);
  EXPECT_EQ(stale.error().code, "clickhouse.grant");
}

TEST(RangeRows, AnErrorTableThatWasNeverMadeHoldsNothing) {
  FakeServer fake;
  Destination destination;
  const DestinationSettings settings{.url = fake.server.url(), .database = "d", .table = "t"};
  const AskedTable errors = asked_error_table(destination, settings, "orders");
  ASSERT_TRUE(fake.ask(errors)->stored(kQuestion).ok());
  EXPECT_NE(fake.last_query().find("FROM `d`.`t_penstock_error` WHERE"), std::string::npos);
  EXPECT_NE(fake.last_query().find(" AND pipe_name = 'orders'"), std::string::npos);
  HttpServer none([](const SeenRequest& request) {
    if (request.body.find("processes") != std::string::npos)
      return Reply{.body = R"({"running":0})"};
    return Reply{
        .status = 404, .headers = "X-ClickHouse-Exception-Code: 60\r\n", .body = "Code: 60."};
  });
  const auto nothing = make_range_rows({.url = none.url()}, errors).value()->stored(kQuestion);
  ASSERT_TRUE(nothing.ok()) << nothing.error().text();
  EXPECT_TRUE(nothing.value().empty());
}

TEST(AskedTable, NamesTheReplicasOfItsKind) {
  Mapping mapping{.layout = std::make_shared<const BlockLayout>(BlockLayout{"d", "t", {}})};
  Destination found;
  found.facts = {.version = "26.7.2.1",
                 .table = {.database = "d", .name = "t", .engine = "ReplicatedMergeTree"},
                 .cluster = "c1"};
  EXPECT_EQ(asked_table(found, mapping).sync_statement, "SYSTEM SYNC REPLICA `d`.`t` LIGHTWEIGHT");
  found.facts.version = "23.8.1.1";
  EXPECT_EQ(asked_table(found, mapping).sync_statement, "SYSTEM SYNC REPLICA `d`.`t`");
  found.facts.table.engine = "SharedMergeTree";
  EXPECT_EQ(asked_table(found, mapping).sync_statement, "");
  EXPECT_EQ(asked_table(found, mapping).cluster, "c1");
  found.facts.table.engine = "Distributed";
  found.facts.version = "26.7.2.1";
  found.facts.replicas = {{.database = "d", .name = "local", .engine = "ReplicatedMergeTree"}};
  EXPECT_EQ(asked_table(found, mapping).sync_statement,
            "SYSTEM SYNC REPLICA ON CLUSTER `c1` `d`.`local` LIGHTWEIGHT");
}

TEST(QueryId, PartsOfADeliveryShareItsPrefix) {
  const std::string whole = query_id("`d`.`t`", "g#1/topic:0:10-20", 1);
  const std::string prefix = query_id_prefix("`d`.`t`", "g#1/topic:0:10-20");
  EXPECT_EQ(whole, prefix + "1");
  EXPECT_EQ(query_id("`d`.`t`", "g#1/topic:0:10-20#15-20", 2), prefix + "15-20-2");
  EXPECT_EQ(query_id("`d`.`t`", "g#1/topic:0:10-20#15-20#15-20", 2), prefix + "15-20-15-20-2");
  EXPECT_NE(query_id_prefix("`d`.`t`", "g#1/topic:0:10-20#refused"), prefix);
  EXPECT_NE(query_id_prefix("`d`.`t`", "g#1/topic:0:10-2"), prefix);
  EXPECT_NE(query_id_prefix("`d`.`u`", "g#1/topic:0:10-20"), prefix);
}

TEST_F(RealServer, SaysWhichOffsetsOfARangeATableHolds) {
  run("CREATE TABLE penstock_unit.t (topic LowCardinality(String), part Int32, place UInt64, "
      "day Date) ENGINE = MergeTree PARTITION BY day ORDER BY place");
  run("INSERT INTO penstock_unit.t SELECT 'it\\'s', 3, number, toDate(number % 2) FROM numbers(10, "
      "6)");
  run("INSERT INTO penstock_unit.t SELECT 'it\\'s', 3, number, toDate(0) FROM numbers(18, 10)");
  run("INSERT INTO penstock_unit.t SELECT 'it\\'s', 3, 13, toDate(0)");
  run("INSERT INTO penstock_unit.t SELECT 'it\\'s', 4, 16, toDate(0)");
  run("INSERT INTO penstock_unit.t SELECT 'its', 3, 17, toDate(0)");
  AskedTable table = plain_table();
  table.table = "`penstock_unit`.`t`";
  const auto asked = std::move(make_range_rows(destination_, table)).value();
  const auto runs = asked->stored(kQuestion);
  ASSERT_TRUE(runs.ok()) << runs.error().text();
  EXPECT_EQ(runs.value(), (std::vector<OffsetRun>{{.first = 10, .last = 12},
                                                  {.first = 13, .last = 13, .rows = 2},
                                                  {.first = 14, .last = 15},
                                                  {.first = 18, .last = 20}}));
  RangeRows::Question elsewhere = kQuestion;
  elsewhere.partition = 7;
  EXPECT_TRUE(asked->stored(elsewhere).value().empty());
}

TEST_F(RealServer, SaysHowLongItRuns) {
  const auto asked = std::move(make_range_rows(destination_, plain_table())).value();
  EXPECT_TRUE(asked->may_be_hollow(0).value());
}

TEST_F(RealServer, CountsTheErrorRowsOfAPipe) {
  const auto layout = error_table_layout(destination_);
  const AskedTable errors = asked_error_table({}, destination_, "orders");
  const auto asked = std::move(make_range_rows(destination_, errors)).value();
  EXPECT_TRUE(asked->stored(kQuestion).value().empty()) << "no such table yet";
  run(create_error_table_statement(*layout));
  for (const char* pipe : {"orders", "others"}) {
    run(std::string("INSERT INTO penstock_unit.t_penstock_error (_timestamp, pipe_name, _topic, "
                    "_partition, _offset) SELECT now(), '") +
        pipe + "', 'it\\'s', 3, 12");
  }
  EXPECT_EQ(asked->stored(kQuestion).value(), (std::vector<OffsetRun>{{.first = 12, .last = 12}}));
}

TEST_F(RealServer, AnInsertThatStillRunsIsWaitedForThenKilled) {
  run("CREATE TABLE penstock_unit.t (topic String, part Int32, place UInt64) ENGINE = MergeTree "
      "ORDER BY place");
  AskedTable table = plain_table();
  table.table = "`penstock_unit`.`t`";
  std::jthread zombie([&] {
    const auto client = std::move(Client::make(client_settings(destination_))).value();
    (void)client->send({.query = "INSERT INTO penstock_unit.t SELECT 'it\\'s', 3, number + "
                                 "sleepEachRow(1) FROM numbers(10, 30) SETTINGS max_block_size = 1",
                        .settings = {{"query_id", query_id("`d`.`t`", "topic:3:10-20", 1)},
                                     {"function_sleep_max_microseconds_per_block", "60000000"}},
                        .purpose = "A dead sender's INSERT"});
  });
  const auto runs = [&] {
    return ask("SELECT count() FROM system.processes WHERE query_id LIKE 'penstock-%'") == "1\n";
  };
  while (!runs()) std::this_thread::sleep_for(10ms);
  const auto patient = std::move(make_range_rows(destination_, table)).value();
  EXPECT_EQ(patient->stored(kQuestion).error().recovery, Recovery::retry);
  EXPECT_TRUE(runs());
  const auto impatient =
      std::move(make_range_rows(destination_, table, {.before_kill = 0ms})).value();
  Result<std::vector<OffsetRun>> answer = impatient->stored(kQuestion);
  while (!answer.ok()) {
    ASSERT_EQ(answer.error().recovery, Recovery::retry) << answer.error().text();
    std::this_thread::sleep_for(10ms);
    answer = impatient->stored(kQuestion);
  }
  EXPECT_FALSE(runs());
}

}  // namespace
}  // namespace penstock::clickhouse
