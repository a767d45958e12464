#include "clickhouse/client.h"

#include <gtest/gtest.h>
#include <lz4frame.h>

#include <thread>

#include "http/tests/http_server.h"

namespace penstock::clickhouse {
namespace {

using http::HttpServer;
using http::Reply;
using http::SeenRequest;

using namespace std::chrono_literals;

std::unique_ptr<Client> client_for(const std::string& url) {
  auto made = Client::make({.url = url, .user = "alice", .password = "s3cret"});
  return std::move(made).value();
}

Reply fine(const SeenRequest&) { return {}; }

std::string unpacked(const std::string& frame) {
  LZ4F_dctx* context = nullptr;
  LZ4F_createDecompressionContext(&context, LZ4F_VERSION);
  std::string out;
  std::size_t read = 0;
  std::size_t hint = 1;
  while (hint != 0 && read < frame.size()) {
    char part[65536];
    std::size_t made = sizeof(part);
    std::size_t taken = frame.size() - read;
    hint = LZ4F_decompress(context, part, &made, frame.data() + read, &taken, nullptr);
    if (LZ4F_isError(hint) != 0) break;
    out.append(part, made);
    read += taken;
  }
  LZ4F_freeDecompressionContext(context);
  return hint == 0 ? out : "broken frame";
}

TEST(Client, SendsAQueryWithoutBodyAsTheBody) {
  HttpServer server([](const SeenRequest&) { return Reply{.body = "42\n"}; });
  const auto client = client_for(server.url());
  const auto answer = client->send({.query = "SELECT 42", .purpose = "Asking"});
  ASSERT_TRUE(answer.ok()) << answer.error().text();
  EXPECT_EQ(answer.value().text, "42\n");
  const SeenRequest seen = server.seen().front();
  EXPECT_EQ(seen.body, "SELECT 42");
  EXPECT_EQ(seen.parameter("query"), "");
  EXPECT_EQ(seen.headers.at("x-clickhouse-user"), "alice");
  EXPECT_EQ(seen.headers.at("x-clickhouse-key"), "s3cret");
}

TEST(Client, SendsPiecesInOrderWithALengthAndNoExpect) {
  HttpServer server([](const SeenRequest&) {
    return Reply{.headers = "x-clickhouse-summary: {\"written_rows\":\"7\"}\r\n"};
  });
  const auto client = client_for(server.url() + "/ch");
  const std::string large(3'000'000, 'x');
  const std::vector<Bytes> pieces = {as_bytes("head "), as_bytes(large), {}, as_bytes(" tail")};
  const auto answer = client->send({.query = "INSERT INTO `t` (`a&b`) FORMAT Native",
                                    .settings = {{"insert_deduplication_token", "t:0:1-2 é"}},
                                    .body = pieces,
                                    .purpose = "INSERT"});
  ASSERT_TRUE(answer.ok()) << answer.error().text();
  EXPECT_EQ(answer.value().written_rows, 7U);
  EXPECT_EQ(answer.value().sent_bytes, 3'000'010U);
  const SeenRequest seen = server.seen().front();
  EXPECT_TRUE(seen.target.starts_with("/ch?")) << seen.target;
  EXPECT_EQ(seen.parameter("query"), "INSERT INTO `t` (`a&b`) FORMAT Native");
  EXPECT_EQ(seen.parameter("insert_deduplication_token"), "t:0:1-2 é");
  EXPECT_EQ(seen.headers.at("content-length"), "3000010");
  EXPECT_FALSE(seen.headers.contains("expect"));
  EXPECT_EQ(seen.body, "head " + large + " tail");
}

TEST(Client, SendsOneLz4FrameThatHoldsThePieces) {
  HttpServer server(fine);
  const auto client = client_for(server.url());
  std::string large;
  for (int i = 0; i < 200'000; ++i) large += std::to_string(i);
  const std::vector<Bytes> pieces = {as_bytes("head"), as_bytes(large)};
  const auto answer =
      client->send({.query = "q", .body = pieces, .encoding = Encoding::lz4, .purpose = "INSERT"});
  ASSERT_TRUE(answer.ok()) << answer.error().text();
  const SeenRequest seen = server.seen().front();
  EXPECT_EQ(seen.headers.at("content-encoding"), "lz4");
  EXPECT_EQ(answer.value().sent_bytes, seen.body.size());
  EXPECT_LT(seen.body.size(), large.size());
  EXPECT_TRUE(unpacked(seen.body) == "head" + large);
}

TEST(Client, KeepsItsConnectionAfterAnswersAndRefusals) {
  HttpServer server([](const SeenRequest& request) {
    return Reply{.status = request.body == "bad" ? 404 : 200, .body = "Code: 60. DB::Exception"};
  });
  const auto client = client_for(server.url());
  EXPECT_TRUE(client->send({.query = "good"}).ok());
  EXPECT_FALSE(client->send({.query = "bad"}).ok());
  EXPECT_TRUE(client->send({.query = "good"}).ok());
  for (const SeenRequest& seen : server.seen()) EXPECT_EQ(seen.connection, 1);
}

TEST(Client, TakesTheCodeFromTheHeaderBeforeTheText) {
  HttpServer server([](const SeenRequest&) {
    return Reply{.status = 500,
                 .headers = "X-ClickHouse-Exception-Code: 252\r\n",
                 .body = "Code: 60. DB::Exception: Too many parts (301).\n"};
  });
  const auto client = client_for(server.url());
  const auto answer = client->send({.query = "q", .purpose = "INSERT into `t`"});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, "clickhouse.too_many_parts");
  EXPECT_EQ(answer.error().recovery, Recovery::retry);
  EXPECT_NE(answer.error().message.find("INSERT into `t` at " + server.url()), std::string::npos);
  EXPECT_NE(answer.error().message.find("Too many parts"), std::string::npos);
  EXPECT_EQ(answer.error().message.find("s3cret"), std::string::npos);
}

TEST(Client, AnswersWithACodeAreRefusalsEvenUnder200) {
  HttpServer server([](const SeenRequest&) {
    return Reply{.headers = "X-ClickHouse-Exception-Code: 241\r\n", .body = "Code: 241."};
  });
  const auto client = client_for(server.url());
  EXPECT_EQ(client->send({.query = "q"}).error().code, "clickhouse.busy");
}

TEST(Client, AStatusAloneDecidesWhenNoCodeIsNamed) {
  int status = 503;
  HttpServer server([&](const SeenRequest&) { return Reply{.status = status, .body = "proxy"}; });
  const auto client = client_for(server.url());
  EXPECT_EQ(client->send({.query = "q"}).error().recovery, Recovery::retry);
  status = 401;
  EXPECT_EQ(client->send({.query = "q"}).error().code, "clickhouse.auth");
  status = 301;
  EXPECT_EQ(client->send({.query = "q"}).error().code, "clickhouse.bad_answer");
}

TEST(Client, ACutConnectionIsRetryAndTheNextRequestConnectsAgain) {
  std::atomic<bool> cut = true;
  HttpServer server(
      [&](const SeenRequest&) { return Reply{.act = cut ? Reply::Act::cut : Reply::Act::answer}; });
  const auto client = client_for(server.url());
  const std::string large(1'000'000, 'x');
  const std::vector<Bytes> pieces = {as_bytes(large)};
  const auto first = client->send({.query = "q", .body = pieces});
  ASSERT_FALSE(first.ok());
  EXPECT_EQ(first.error().code, "clickhouse.unreachable");
  EXPECT_EQ(first.error().recovery, Recovery::retry);
  cut = false;
  EXPECT_TRUE(client->send({.query = "q", .body = pieces}).ok());
  EXPECT_EQ(server.seen().back().body, large);
}

TEST(Client, ARefusalCountsEvenWhenItsTextIsCut) {
  HttpServer server([](const SeenRequest&) {
    return Reply{.status = 403,
                 .headers = "X-ClickHouse-Exception-Code: 516\r\n",
                 .body = "Code: 516. DB::Exc",
                 .act = Reply::Act::cut_text};
  });
  const auto client = client_for(server.url());
  EXPECT_EQ(client->send({.query = "q"}).error().code, "clickhouse.auth");
}

TEST(Client, NobodyListeningIsUnreachable) {
  std::string url;
  {
    HttpServer gone(fine);
    url = gone.url();
  }
  const auto client = client_for(url);
  const auto answer = client->send({.query = "q", .purpose = "Asking"});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, "clickhouse.unreachable");
  EXPECT_EQ(answer.error().recovery, Recovery::retry);
}

TEST(Client, TheDeadlineEndsAWait) {
  HttpServer server([](const SeenRequest&) { return Reply{.act = Reply::Act::hang}; });
  const auto client = client_for(server.url());
  const auto answer = client->send({.query = "q", .deadline = 100ms});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().recovery, Recovery::retry);
}

TEST(Client, AbandonEndsTheRequestUnderWayAndRefusesLaterOnes) {
  HttpServer server([](const SeenRequest&) { return Reply{.act = Reply::Act::hang}; });
  const auto client = client_for(server.url());
  const std::jthread other([&] {
    server.wait_for(1);
    client->abandon();
  });
  const auto started = std::chrono::steady_clock::now();
  const auto answer = client->send({.query = "q"});
  ASSERT_FALSE(answer.ok());
  EXPECT_NE(answer.error().message.find("the pipe stops"), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
  EXPECT_FALSE(client->send({.query = "q"}).ok());
  EXPECT_EQ(server.seen().size(), 1U);
}

TEST(Client, RefusesUrlsItCannotUseAndDoesNotRepeatTheirPassword) {
  for (const char* url :
       {"", "not a url", "ftp://h:1", "http://bob:hunter2@h:8123", "http://h/?a=b"}) {
    const auto made = Client::make({.url = url});
    ASSERT_FALSE(made.ok()) << url;
    EXPECT_EQ(made.error().code, "pipe.document");
    EXPECT_EQ(made.error().message.find("hunter2"), std::string::npos);
  }
}

}  // namespace
}  // namespace penstock::clickhouse
