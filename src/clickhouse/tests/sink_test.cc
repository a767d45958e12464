#include "clickhouse/sink.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "clickhouse/tests/make_block.h"
#include "http/tests/http_server.h"

namespace penstock::clickhouse {
namespace {

using http::HttpServer;
using http::Reply;
using http::SeenRequest;

using namespace std::chrono_literals;

std::unique_ptr<Sink<Block>> sink_for(const HttpServer& server, SinkOptions options = {}) {
  auto made = make_sink({.url = server.url(), .user = "u", .password = "s3cret"}, options);
  return std::move(made).value();
}

Sealed<Block> one_row(std::uint32_t attempt = 1) {
  Block block = make_block({{"id", "UInt8"}});
  add_row(block, {7});
  return {.payload = std::move(block), .delivery_id = "topic:0:10-20", .attempt = attempt};
}

TEST(Sink, InsertsOneBlockUnderItsToken) {
  HttpServer server([](const SeenRequest&) { return Reply{}; });
  const auto sink = sink_for(server);
  const auto receipt = sink->deliver(one_row());
  ASSERT_TRUE(receipt.ok()) << receipt.error().text();
  EXPECT_EQ(receipt.value().rows, 1U);
  const SeenRequest seen = server.seen().front();
  EXPECT_EQ(receipt.value().wire_bytes, seen.body.size());
  EXPECT_EQ(seen.body, "\x01\x01\x02id\x05UInt8\x07");
  EXPECT_EQ(seen.parameter("query"), "INSERT INTO `d`.`t` (`id`) FORMAT Native");
  EXPECT_EQ(seen.parameter("insert_deduplication_token"), "topic:0:10-20");
  EXPECT_EQ(seen.parameter("async_insert"), "0");
  EXPECT_EQ(seen.parameter("wait_end_of_query"), "1");
  EXPECT_EQ(seen.parameter("input_format_null_as_default"), "1");
  EXPECT_EQ(seen.parameter("input_format_defaults_for_omitted_fields"), "1");
  EXPECT_EQ(seen.parameter("deduplicate_blocks_in_dependent_materialized_views"), "1");
}

TEST(Sink, NamesTheSameAttemptTheSameAndOthersDifferently) {
  HttpServer server([](const SeenRequest&) { return Reply{}; });
  const auto sink = sink_for(server);
  ASSERT_TRUE(sink->deliver(one_row(1)).ok());
  ASSERT_TRUE(sink->deliver(one_row(2)).ok());
  ASSERT_TRUE(sink_for(server)->deliver(one_row(1)).ok());
  const auto seen = server.seen();
  EXPECT_TRUE(seen[0].parameter("query_id").starts_with("penstock-"));
  EXPECT_NE(seen[0].parameter("query_id"), seen[1].parameter("query_id"));
  EXPECT_EQ(seen[0].parameter("query_id"), seen[2].parameter("query_id"));
}

TEST(Sink, PassesTheUsersSettingsButKeepsItsPromises) {
  HttpServer server([](const SeenRequest&) { return Reply{}; });
  const auto sink = sink_for(
      server, {.settings = {{"insert_quorum", "2"}, {"async_insert", "1"}, {"query_id", "mine"}}});
  ASSERT_TRUE(sink->deliver(one_row()).ok());
  const SeenRequest seen = server.seen().front();
  EXPECT_EQ(seen.parameter("insert_quorum"), "2");
  EXPECT_EQ(seen.parameter("async_insert"), "0");
  EXPECT_NE(seen.parameter("query_id"), "mine");
}

TEST(Sink, SendsNothingForAnEmptyBlock) {
  HttpServer server([](const SeenRequest&) { return Reply{}; });
  const auto sink = sink_for(server);
  const auto receipt = sink->deliver({.payload = make_block({{"id", "UInt8"}})});
  ASSERT_TRUE(receipt.ok());
  EXPECT_EQ(receipt.value().rows, 0U);
  EXPECT_TRUE(server.seen().empty());
}

TEST(Sink, CompressesWhenToldAndNotByItselfOnThisMachine) {
  HttpServer server([](const SeenRequest&) { return Reply{}; });
  ASSERT_TRUE(sink_for(server)->deliver(one_row()).ok());
  ASSERT_TRUE(sink_for(server, {.compression = Compression::lz4})->deliver(one_row()).ok());
  EXPECT_FALSE(server.seen()[0].headers.contains("content-encoding"));
  EXPECT_EQ(server.seen()[1].headers.at("content-encoding"), "lz4");
}

TEST(Sink, ErrorsSayWhatWasTriedAndHoldNeitherPasswordNorRow) {
  HttpServer server([](const SeenRequest&) {
    return Reply{.status = 500,
                 .body =
                     "Code: 469. DB::Exception: Constraint `c` is violated at "
                     "row 1. Expression: (id < 5). Column values: id = 7."};
  });
  const auto receipt = sink_for(server)->deliver(one_row());
  ASSERT_FALSE(receipt.ok());
  EXPECT_EQ(receipt.error().recovery, Recovery::isolate);
  EXPECT_EQ(receipt.error().message,
            "INSERT into `d`.`t` at " + server.url() +
                ": answered HTTP 500: Code: 469. DB::Exception: Constraint `c` is violated at row "
                "1. Expression: (id < 5).");
}

TEST(Sink, DeliversInParallelOverAsManyConnections) {
  std::atomic<int> at_once = 0;
  HttpServer server([&](const SeenRequest&) {
    ++at_once;
    while (at_once < 3) std::this_thread::yield();
    return Reply{};
  });
  const auto sink = sink_for(server, {.parallel = 3});
  EXPECT_EQ(sink->max_parallel(), 3U);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([&] { EXPECT_TRUE(sink->deliver(one_row()).ok()); });
    }
  }
  std::set<int> connections;
  for (const SeenRequest& seen : server.seen()) connections.insert(seen.connection);
  EXPECT_EQ(connections.size(), 3U);
}

TEST(Sink, AbandonMakesWaitingDeliveriesReturn) {
  HttpServer server([](const SeenRequest&) { return Reply{.act = Reply::Act::hang}; });
  const auto sink = sink_for(server);
  const std::jthread other([&] {
    server.wait_for(1);
    sink->abandon();
  });
  const auto receipt = sink->deliver(one_row());
  ASSERT_FALSE(receipt.ok());
  EXPECT_EQ(receipt.error().code, "clickhouse.unreachable");
}

}  // namespace
}  // namespace penstock::clickhouse
