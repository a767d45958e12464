#include "registry/confluent_client.h"

#include <gtest/gtest.h>

#include <map>

#include "http/tests/http_server.h"

namespace penstock::registry {
namespace {

using http::HttpServer;
using http::Reply;
using http::SeenRequest;

/// Answers each path with its text, others as Confluent does.
HttpServer::Handler answering(std::map<std::string, std::string> paths) {
  return [paths = std::move(paths)](const SeenRequest& seen) {
    const auto found = paths.find(seen.target);
    if (found != paths.end()) return Reply{.body = found->second};
    return Reply{.status = 404, .body = R"({"error_code": 40403, "message": "Schema not found"})"};
  };
}

Result<std::shared_ptr<const RegisteredSchema>> fetch(const std::string& url,
                                                      const SchemaName& name, Login login = {}) {
  auto client = make_confluent_client({.url = url, .login = std::move(login)});
  if (!client.ok()) return std::move(client).error();
  return client.value()->fetch(name);
}

SchemaGuid guid() {
  SchemaGuid guid{};
  guid[0] = std::byte{0xab};
  return guid;
}

TEST(ConfluentClient, AsksByIdBelowThePrefix) {
  HttpServer server(answering({{"/apis/ccompat/v7/schemas/ids/7", R"({"schema": "\"int\""})"}}));
  const auto schema = fetch(server.url() + "/apis/ccompat/v7", SchemaId{7});
  ASSERT_TRUE(schema.ok()) << schema.error().text();
  EXPECT_EQ(schema.value()->type, SchemaType::avro);
  EXPECT_EQ(schema.value()->text, "\"int\"");
  EXPECT_EQ(server.seen()[0].method, "GET");
  EXPECT_EQ(server.seen()[0].headers.at("cache-control"), "no-cache");
}

TEST(ConfluentClient, AsksByGuid) {
  HttpServer server(answering({{"/schemas/guids/ab000000-0000-0000-0000-000000000000",
                                R"({"schema": "{}", "schemaType": "JSON"})"}}));
  const auto schema = fetch(server.url(), guid());
  ASSERT_TRUE(schema.ok()) << schema.error().text();
  EXPECT_EQ(schema.value()->type, SchemaType::json);
}

TEST(ConfluentClient, AsksForTheSchemaOfItsAddressWhenAMessageNamesNone) {
  HttpServer server(answering({{"/subjects/a%2Fb/versions/latest",
                                R"({"subject": "a/b", "version": 3, "schema": "\"int\""})"}}));
  ASSERT_TRUE(fetch(server.url() + "/subjects/a%2Fb", ConfiguredSchema{}).ok());
  const auto none = fetch(server.url(), ConfiguredSchema{});
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, "schema.unknown");
}

TEST(ConfluentClient, FetchesReferencesInnermostFirstAndEachOnce) {
  HttpServer server(answering({
      {"/schemas/ids/1", R"({"schema": "top", "schemaType": "PROTOBUF", "references": [
          {"name": "a.proto", "subject": "a s", "version": 1},
          {"name": "b.proto", "subject": "b", "version": 2}]})"},
      {"/subjects/a%20s/versions/1?deleted=true", R"({"schema": "A", "schemaType": "PROTOBUF",
          "references": [{"name": "b.proto", "subject": "b", "version": 2}]})"},
      {"/subjects/b/versions/2?deleted=true",
       R"({"schema": "B", "schemaType": "PROTOBUF", "references": []})"},
  }));
  const auto schema = fetch(server.url(), SchemaId{1});
  ASSERT_TRUE(schema.ok()) << schema.error().text();
  const auto& imports = schema.value()->imports;
  ASSERT_EQ(imports.size(), 2u);
  EXPECT_EQ(imports[0].name + "=" + imports[0].text, "b.proto=B");
  EXPECT_EQ(imports[1].name + "=" + imports[1].text, "a.proto=A");
  EXPECT_EQ(server.seen().size(), 3u);
}

TEST(ConfluentClient, DoesNotGoRoundInCircles) {
  HttpServer server(answering({
      {"/schemas/ids/1",
       R"({"schema": "x", "references": [{"name": "s", "subject": "s", "version": 1}]})"},
      {"/subjects/s/versions/1?deleted=true",
       R"({"schema": "x", "references": [{"name": "s", "subject": "s", "version": 1}]})"},
  }));
  const auto schema = fetch(server.url(), SchemaId{1});
  ASSERT_FALSE(schema.ok());
  EXPECT_EQ(schema.error().code, "schema.unknown");
  EXPECT_LT(server.seen().size(), 100u);
}

TEST(ConfluentClient, SaysWhichReferenceIsMissing) {
  HttpServer server(answering(
      {{"/schemas/ids/1",
        R"({"schema": "x", "references": [{"name": "s", "subject": "s", "version": 1}]})"}}));
  const auto schema = fetch(server.url(), SchemaId{1});
  ASSERT_FALSE(schema.ok());
  EXPECT_EQ(schema.error().message,
            "schema id 1 at " + server.url() +
                ", which refers to subject s version 1: answered HTTP 404: Schema not found");
}

TEST(ConfluentClient, LogsInAndTakesANewLoginWhileItLives) {
  HttpServer server(answering({{"/schemas/ids/7", R"({"schema": "\"int\""})"}}));
  auto client =
      make_confluent_client({.url = server.url(), .login = {.username = "a", .password = "b"}});
  ASSERT_TRUE(client.value()->fetch(SchemaId{7}).ok());
  client.value()->set_login({.bearer_token = "t0ken"});
  ASSERT_TRUE(client.value()->fetch(SchemaId{7}).ok());
  EXPECT_EQ(server.seen()[0].headers.at("authorization"), "Basic YTpi");
  EXPECT_EQ(server.seen()[1].headers.at("authorization"), "Bearer t0ken");
}

struct Judged {
  int status;
  std::string body;
  std::string_view code;
  Recovery recovery;
};

TEST(ConfluentClient, TellsAMissingSchemaFromARegistryThatIsAwayOrRefuses) {
  const Judged cases[] = {
      {404, R"({"error_code": 40403, "message": "x"})", "schema.unknown", Recovery::isolate},
      {404, R"({"error_code": 40401, "message": "x"})", "schema.unknown", Recovery::isolate},
      {404, R"({"error_code": 40402, "message": "x"})", "schema.unknown", Recovery::isolate},
      {404, "", "registry.bad_answer", Recovery::stop},
      {404, "<html>", "registry.bad_answer", Recovery::stop},
      {401, "", "registry.auth", Recovery::stop},
      {403, R"({"error_code": 40301, "message": "x"})", "registry.auth", Recovery::stop},
      {429, "", "registry.unreachable", Recovery::retry},
      {500, R"({"error_code": 50001, "message": "x"})", "registry.unreachable", Recovery::retry},
      {503, "", "registry.unreachable", Recovery::retry},
      {302, "", "registry.bad_answer", Recovery::stop},
      {200, "<html>", "registry.bad_answer", Recovery::stop},
      {200, R"({"id": 1})", "registry.bad_answer", Recovery::stop},
      {200, R"({"schema": "x", "schemaType": "XML"})", "registry.bad_answer", Recovery::stop},
  };
  for (const Judged& one : cases) {
    HttpServer server(
        [&](const SeenRequest&) { return Reply{.status = one.status, .body = one.body}; });
    const auto schema = fetch(server.url(), SchemaId{7});
    ASSERT_FALSE(schema.ok());
    EXPECT_EQ(schema.error().code, one.code) << one.status << " " << one.body;
    EXPECT_EQ(schema.error().recovery, one.recovery) << one.status << " " << one.body;
  }
}

TEST(ConfluentClient, ARegistryWithoutGuidsDoesNotStopThePipe) {
  HttpServer server([](const SeenRequest&) { return Reply{.status = 404}; });
  EXPECT_EQ(fetch(server.url(), guid()).error().code, "schema.unknown");
}

TEST(ConfluentClient, DoesNotWaitLongForARegistryThatHangs) {
  HttpServer server([](const SeenRequest&) { return Reply{.act = Reply::Act::hang}; });
  const auto schema = fetch(server.url(), SchemaId{7});
  ASSERT_FALSE(schema.ok());
  EXPECT_EQ(schema.error().code, "registry.unreachable");
  EXPECT_EQ(schema.error().recovery, Recovery::retry);
}

TEST(ConfluentClient, DoesNotKnowTheSchemasOfAwsGlue) {
  HttpServer server(answering({}));
  EXPECT_EQ(fetch(server.url(), SchemaVersionId{}).error().code, "schema.unknown");
  EXPECT_TRUE(server.seen().empty());
}

}  // namespace
}  // namespace penstock::registry
