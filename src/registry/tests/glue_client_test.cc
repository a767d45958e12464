#include "registry/glue_client.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "http/tests/http_server.h"

namespace penstock::registry {
namespace {

using http::HttpServer;
using http::Reply;
using http::SeenRequest;

std::unique_ptr<Client> client_for(const HttpServer& server, std::string token = "") {
  return make_glue_client(
      {.region = "eu-west-1",
       .registry_name = "events",
       .schema_name = "orders",
       .endpoint = server.url() + "/",
       .login = {
           .access_key_id = "AKID", .secret_key = "s3cret", .session_token = std::move(token)}});
}

SchemaVersionId version() {
  SchemaVersionId id;
  id.value[15] = std::byte{7};
  return id;
}

TEST(GlueClient, AsksForAVersionWithASignature) {
  HttpServer server([](const SeenRequest&) {
    return Reply{.body = R"({"SchemaDefinition": "\"int\"", "DataFormat": "AVRO"})"};
  });
  const auto schema = client_for(server, "t0ken")->fetch(version());
  ASSERT_TRUE(schema.ok()) << schema.error().text();
  EXPECT_EQ(schema.value()->type, SchemaType::avro);
  EXPECT_EQ(schema.value()->text, "\"int\"");
  const SeenRequest seen = server.seen().front();
  EXPECT_EQ(seen.method + " " + seen.target, "POST /");
  EXPECT_EQ(seen.headers.at("x-amz-target"), "AWSGlue.GetSchemaVersion");
  EXPECT_EQ(seen.headers.at("content-type"), "application/x-amz-json-1.1");
  EXPECT_EQ(seen.headers.at("x-amz-security-token"), "t0ken");
  EXPECT_EQ(seen.body, R"({"SchemaVersionId":"00000000-0000-0000-0000-000000000007"})");
  const std::string& signature = seen.headers.at("authorization");
  EXPECT_NE(signature.find("/eu-west-1/glue/aws4_request"), signature.npos) << signature;
  EXPECT_NE(signature.find("x-amz-security-token"), signature.npos) << signature;
}

TEST(GlueClient, AsksForTheLatestVersionWhenAMessageNamesNone) {
  HttpServer server([](const SeenRequest&) {
    return Reply{.body = R"({"SchemaDefinition": "m", "DataFormat": "PROTOBUF"})"};
  });
  ASSERT_TRUE(client_for(server)->fetch(ConfiguredSchema{}).ok());
  const auto asked = nlohmann::json::parse(server.seen().front().body);
  EXPECT_EQ(asked["SchemaId"]["RegistryName"], "events");
  EXPECT_EQ(asked["SchemaId"]["SchemaName"], "orders");
  EXPECT_EQ(asked["SchemaVersionNumber"]["LatestVersion"], true);
}

TEST(GlueClient, JudgesTheExceptionsOfAws) {
  const std::pair<std::string, std::string_view> cases[] = {
      {"EntityNotFoundException", "schema.unknown"},
      {"com.amazonaws.glue#EntityNotFoundException", "schema.unknown"},
      {"AccessDeniedException", "registry.auth"},
      {"UnrecognizedClientException", "registry.auth"},
      {"ThrottlingException", "registry.unreachable"},
      {"InvalidInputException", "registry.bad_answer"},
  };
  for (const auto& [exception, code] : cases) {
    HttpServer server([&](const SeenRequest&) {
      return Reply{.status = 400,
                   .body = R"({"__type": ")" + exception + R"(", "Message": "why"})"};
    });
    const auto schema = client_for(server)->fetch(version());
    ASSERT_FALSE(schema.ok());
    EXPECT_EQ(schema.error().code, code) << exception;
    EXPECT_NE(schema.error().message.find("why"), std::string::npos);
  }
}

TEST(GlueClient, DoesNotKnowTheSchemasOfConfluent) {
  HttpServer server([](const SeenRequest&) { return Reply{}; });
  EXPECT_EQ(client_for(server)->fetch(SchemaId{7}).error().code, "schema.unknown");
  EXPECT_EQ(client_for(server)->fetch(SchemaGuid{}).error().code, "schema.unknown");
  EXPECT_TRUE(server.seen().empty());
}

}  // namespace
}  // namespace penstock::registry
