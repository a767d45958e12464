#include "clickhouse/table.h"

#include <gtest/gtest.h>

#include "http/tests/http_server.h"

namespace penstock::clickhouse {
namespace {

using http::HttpServer;
using http::Reply;
using http::SeenRequest;

Reply described(const SeenRequest& request) {
  if (request.body.find("system.tables") != std::string::npos) {
    return {.body = R"json({"database":"d","engine":"MergeTree","sorting_key":"id, n",)json"
                    R"json("time_zone":"Asia/Tokyo"})json"};
  }
  return {.body = R"json({"name":"id","type":"UInt64","default_kind":"","default_expression":""}
{"name":"n","type":"Decimal(9, 2)","default_kind":"DEFAULT","default_expression":"id + 1"}
{"name":"m","type":"UInt8","default_kind":"MATERIALIZED","default_expression":"1"}
{"name":"a","type":"UInt8","default_kind":"ALIAS","default_expression":"2"}
{"name":"e","type":"UInt8","default_kind":"EPHEMERAL","default_expression":""}
{"name":"odd","type":"Future(((","default_kind":"","default_expression":""}
)json"};
}

Result<Table> read_from(const HttpServer& server, std::string_view database = "d") {
  const auto client = std::move(Client::make({.url = server.url()})).value();
  return read_table(*client, database, "it's");
}

TEST(ReadTable, KeepsOrderTypesAndDefaults) {
  HttpServer server(described);
  const auto read = read_from(server);
  ASSERT_TRUE(read.ok()) << read.error().text();
  const Table& table = read.value();
  EXPECT_EQ(table.engine, "MergeTree");
  EXPECT_EQ(table.sorting_key, "id, n");
  EXPECT_EQ(table.time_zone, "Asia/Tokyo");
  ASSERT_EQ(table.columns.size(), 6U);
  EXPECT_EQ(to_string(table.columns[1].type), "Decimal(9, 2)");
  EXPECT_EQ(table.columns[1].default_kind, DefaultKind::expression);
  EXPECT_EQ(table.columns[1].default_expression, "id + 1");
  EXPECT_EQ(table.columns[2].default_kind, DefaultKind::materialized);
  EXPECT_EQ(table.columns[3].default_kind, DefaultKind::alias);
  EXPECT_EQ(table.columns[4].default_kind, DefaultKind::ephemeral);
  EXPECT_EQ(table.columns[5].type.name, "Future(((");
  EXPECT_NE(server.seen().front().body.find("name = 'it\\'s'"), std::string::npos);
}

TEST(ReadTable, AnEmptyDatabaseIsTheUsersOwn) {
  HttpServer server(described);
  ASSERT_TRUE(read_from(server, "").ok());
  EXPECT_NE(server.seen().front().body.find("database = currentDatabase()"), std::string::npos);
  EXPECT_EQ(read_from(server, "").value().database, "d");
}

TEST(ReadTable, SaysSoWhenThereIsNoSuchTable) {
  HttpServer server([](const SeenRequest&) { return Reply{}; });
  const auto read = read_from(server);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, "clickhouse.missing_table");
  EXPECT_EQ(read.error().recovery, Recovery::stop);
}

TEST(ReadTable, SaysSoWhenTheAnswerIsNoClickHouses) {
  HttpServer server([](const SeenRequest&) { return Reply{.body = "<html>hello</html>"}; });
  const auto read = read_from(server);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, "clickhouse.bad_answer");
}

}  // namespace
}  // namespace penstock::clickhouse
