#include "http/client.h"

#include <gtest/gtest.h>

#include <thread>

#include "http/tests/http_server.h"
#include "http/url.h"

namespace penstock::http {
namespace {

using namespace std::chrono_literals;

Reply fine(const SeenRequest&) { return {}; }

/// A body of unknown length.
class Insert final : public Body {
 public:
  std::optional<std::size_t> read(std::span<std::byte> into) override {
    if (left_ == 0) return 0;
    --left_;
    into[0] = std::byte{'x'};
    return 1;
  }
  std::optional<std::size_t> size() const override { return std::nullopt; }

 private:
  int left_ = 3;
};

TEST(HttpClient, GetsAndPostsOverOneConnection) {
  HttpServer server([](const SeenRequest& seen) { return Reply{.body = seen.body + "!"}; });
  Client client({.url = server.url()});
  const Answer got = client.send({.url = server.url() + "/a", .headers = {"X-Mine: 7"}});
  const Answer posted = client.send({.url = server.url() + "/b", .text = "text"});
  const Answer again = client.send({.url = server.url() + "/c"});
  EXPECT_EQ(got.outcome, Outcome::answered);
  EXPECT_EQ(got.text, "!");
  EXPECT_EQ(posted.text, "text!");
  EXPECT_EQ(again.text, "!");
  const auto seen = server.seen();
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[0].method, "GET");
  EXPECT_EQ(seen[0].target, "/a");
  EXPECT_EQ(seen[0].headers.at("x-mine"), "7");
  EXPECT_EQ(seen[1].method, "POST");
  EXPECT_EQ(seen[2].method, "GET");
  EXPECT_EQ(seen[2].connection, 1);
}

TEST(HttpClient, TellsStatusAndHeadersOfARefusal) {
  HttpServer server([](const SeenRequest&) {
    return Reply{.status = 404, .headers = "X-Why: not here\r\n", .body = "gone"};
  });
  Client client({.url = server.url()});
  std::string why;
  const Answer answer =
      client.send({.url = server.url(), .on_header = [&](std::string_view name, auto value) {
                     if (name == "X-Why") why = value;
                   }});
  EXPECT_EQ(answer.outcome, Outcome::answered);
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.text, "gone");
  EXPECT_EQ(why, "not here");
}

TEST(HttpClient, SaysWhyNoAnswerCame) {
  HttpServer server([](const SeenRequest& seen) {
    if (seen.target == "/hang") return Reply{.act = Reply::Act::hang};
    if (seen.target == "/part") return Reply{.body = "abc", .act = Reply::Act::cut_text};
    return Reply{.body = std::string(100, 'x')};
  });
  Client client({.url = server.url(), .max_answer_bytes = 99});
  const Answer hung = client.send({.url = server.url() + "/hang", .deadline = 50ms});
  EXPECT_EQ(hung.outcome, Outcome::unreachable);
  EXPECT_FALSE(hung.failure.empty());
  const Answer part = client.send({.url = server.url() + "/part"});
  EXPECT_EQ(part.outcome, Outcome::unreachable);
  EXPECT_EQ(part.text, "abc");
  EXPECT_EQ(client.send({.url = server.url() + "/long"}).outcome, Outcome::unreadable);
}

TEST(HttpClient, NeverSendsABodyTwiceByItself) {
  int requests = 0;
  const HttpServer server([&requests](const SeenRequest&) {
    using Act = Reply::Act;
    return Reply{.act = ++requests == 2 ? Act::cut : Act::answer};
  });
  Client client({.url = server.url()});
  for (const Outcome expected : {Outcome::answered, Outcome::unreachable, Outcome::answered}) {
    Insert body;
    const Answer answer = client.send({.url = server.url(), .body = &body});
    EXPECT_EQ(answer.outcome, expected) << answer.failure;
  }
  EXPECT_EQ(server.seen().size(), 3u);
}

TEST(HttpClient, TakesNoAnswerThatEndsInItsHeaders) {
  const HttpServer server([](const SeenRequest&) {
    return Reply{.headers = "X-Mine: 7\r\n", .act = Reply::Act::cut_headers};
  });
  Client client({.url = server.url()});
  const Answer answer = client.send({.url = server.url()});
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_EQ(answer.failure, "the answer ends in its headers");
}

TEST(HttpClient, TakesAnAnswerWithTrailers) {
  const HttpServer server([](const SeenRequest&) {
    return Reply{.headers = "Transfer-Encoding: chunked\r\n",
                 .body = "4\r\ntext\r\n0\r\nX-Late: 7\r\n\r\n"};
  });
  Client client({.url = server.url()});
  const Answer answer = client.send({.url = server.url()});
  EXPECT_EQ(answer.outcome, Outcome::answered) << answer.failure;
  EXPECT_EQ(answer.text, "text");
}

TEST(HttpClient, GivesUpWhenAbandonedAndStaysSo) {
  HttpServer server([](const SeenRequest&) { return Reply{.act = Reply::Act::hang}; });
  Client client({.url = server.url()});
  std::jthread stopper([&] {
    server.wait_for(1);
    client.abandon();
  });
  EXPECT_EQ(client.send({.url = server.url()}).outcome, Outcome::given_up);
  EXPECT_EQ(client.send({.url = server.url()}).outcome, Outcome::given_up);
  EXPECT_EQ(server.seen().size(), 1U);
}

TEST(HttpClient, SaysThatACertificateIsNone) {
  HttpServer server(fine);
  const std::string url = "https" + server.url().substr(4);
  Client client({.url = url, .tls = {.certificate = "no PEM", .private_key = "neither"}});
  EXPECT_EQ(client.send({.url = url}).outcome, Outcome::untrusted);
}

TEST(HttpClient, SendsAUserWithThoseRequestsOnlyThatHaveOne) {
  HttpServer server(fine);
  Client client({.url = server.url()});
  client.send({.url = server.url(), .user = User{"alice", "s3:cret"}});
  client.send({.url = server.url()});
  EXPECT_EQ(server.seen()[0].headers.at("authorization"), "Basic YWxpY2U6czM6Y3JldA==");
  EXPECT_FALSE(server.seen()[1].headers.contains("authorization"));
}

TEST(HttpClient, SignsForAws) {
  HttpServer server(fine);
  Client client({.url = server.url()});
  const AwsSignature by{
      .region = "eu-west-1", .service = "glue", .access_key_id = "AKID", .secret_key = "s3cret"};
  ASSERT_EQ(client.send({.url = server.url() + "/", .text = "{}", .signature = by}).status, 200);
  const SeenRequest seen = server.seen().front();
  const std::string& signature = seen.headers.at("authorization");
  EXPECT_TRUE(signature.starts_with("AWS4-HMAC-SHA256 Credential=AKID/")) << signature;
  EXPECT_NE(signature.find("/eu-west-1/glue/aws4_request"), signature.npos) << signature;
  EXPECT_EQ(seen.body, "{}");
}

TEST(Url, IsTakenApartAsTheClientReadsIt) {
  const auto url = parse_url("https://u:p@host:81/a/b?c=d#e");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->user, "u");
  EXPECT_EQ(url->host, "host");
  EXPECT_EQ(url->port, "81");
  EXPECT_EQ(url->path, "/a/b");
  EXPECT_EQ(url->query, "c=d");
  EXPECT_FALSE(parse_url("no url"));
}

TEST(Url, KnowsThisMachine) {
  EXPECT_TRUE(is_loopback("http://localhost:1/x"));
  EXPECT_TRUE(is_loopback("http://127.1.2.3"));
  EXPECT_TRUE(is_loopback("http://[::1]:8123"));
  EXPECT_FALSE(is_loopback("http://localhost.example.com"));
}

TEST(Url, EscapesAllThatIsNotPlain) {
  EXPECT_EQ(escaped("a b/c&é~"), "a%20b%2Fc%26%C3%A9~");
  EXPECT_EQ(escaped(""), "");
}

}  // namespace
}  // namespace penstock::http
