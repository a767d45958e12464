#include "kafka/schema_spec.h"

#include <gtest/gtest.h>

#include <string>

#include "kafka/spec.h"
#include "spec/read_document.h"
#include "spec/spec.h"

namespace penstock::kafka {
namespace {

auto parsed(const std::string& yaml) {
  return source_spec().parse(
      spec::read_yaml("{brokers: a, topics: t, " + yaml + "}").documents.at(0));
}

SourceSettings valid(const std::string& yaml) {
  const auto out = parsed(yaml);
  EXPECT_TRUE(out.problems.empty()) << spec::problems_text(out.problems, "f");
  return out.config;
}

/// The paths of all problems, each followed by a blank.
std::string refused(const std::string& yaml) {
  std::string paths;
  for (const auto& problem : parsed(yaml).problems) paths += problem.path + " ";
  return paths;
}

std::string registry(const std::string& keys) {
  return "format: AvroConfluent, schemaRegistry: {" + keys + "}";
}

const std::string kGlue = "type: glue, glueRegion: r, glueRegistryName: n";

TEST(SchemaSpec, ReadsWhatClickPipesClientsSend) {
  const SourceSettings settings = valid(registry(
      "url: 'https://r/x', authentication: PLAIN, credentials: {username: u, password: p}"));
  ASSERT_TRUE(settings.schema_registry);
  EXPECT_EQ(settings.schema_registry->type, RegistryType::confluent);
  EXPECT_EQ(settings.schema_registry->url, "https://r/x");
  EXPECT_EQ(settings.schema_registry->credentials->username, "u");
  // clickhousectl without a user
  valid(registry(
      "url: 'https://r', authentication: PLAIN, credentials: {username: '', password: ''}"));
}

TEST(SchemaSpec, ReadsAwsGlue) {
  const auto settings =
      valid(registry(kGlue + ", credentials: {accessKeyId: a, secretKey: s}")).schema_registry;
  EXPECT_EQ(settings->glue_region, "r");
  EXPECT_EQ(refused(registry(kGlue)),
            "schemaRegistry.credentials.accessKeyId "
            "schemaRegistry.credentials.secretKey ");
  EXPECT_EQ(refused(registry("type: glue")),
            "schemaRegistry.glueRegion schemaRegistry.glueRegistryName "
            "schemaRegistry.credentials.accessKeyId schemaRegistry.credentials.secretKey ");
  EXPECT_EQ(refused(registry(kGlue + ", url: 'https://r', glueRoleArn: x, credentials: "
                                     "{accessKeyId: a, secretKey: s}")),
            "schemaRegistry.url schemaRegistry.glueRoleArn ");
}

TEST(SchemaSpec, WantsAUrlThatIsOneAndHoldsNoSecret) {
  EXPECT_EQ(refused(registry("")), "schemaRegistry.url ");
  EXPECT_EQ(refused(registry("url: r:8081")), "schemaRegistry.url ");
  EXPECT_EQ(refused(registry("url: 'http://r?x=1'")), "schemaRegistry.url ");
  const auto out = parsed(registry("url: 'http://me:hunter2@r'"));
  ASSERT_EQ(out.problems.size(), 1u);
  EXPECT_EQ(spec::problems_text(out.problems, "f").find("hunter2"), std::string::npos);
  valid(registry("url: 'http://r/apis/ccompat/v7/subjects/a@b/versions/latest'"));
}

TEST(SchemaSpec, WantsWhatALoginNeeds) {
  const auto with = [](const std::string& keys) {
    return refused(registry("url: 'https://r', " + keys));
  };
  EXPECT_EQ(with("authentication: BEARER"), "schemaRegistry.credentials.bearerToken ");
  EXPECT_EQ(with("authentication: MUTUAL_TLS"), "schemaRegistry.credentials.certificate ");
  EXPECT_EQ(with("authentication: IAM_USER"), "schemaRegistry.authentication ");
  EXPECT_EQ(with("credentials: {certificate: c}"), "schemaRegistry.credentials.privateKey ");
  EXPECT_EQ(with("credentials: {password: p}"), "schemaRegistry.credentials.username ");
  EXPECT_EQ(with("credentials: {username: u, bearerToken: b}"),
            "schemaRegistry.credentials.bearerToken ");
  EXPECT_EQ(with("credentials: {username: u, password: p, certificate: c, privateKey: k}"), "");
}

TEST(SchemaSpec, WantsASchemaForEachFormatThatNeedsOne) {
  EXPECT_EQ(refused("format: AvroConfluent"), "schemaRegistry ");
  EXPECT_EQ(refused("format: Protobuf"), "protobufSchema ");
  EXPECT_EQ(refused("format: Protobuf, protobufSchema: eA==, schemaRegistry: {url: 'http://r'}"),
            "protobufSchema ");
  EXPECT_EQ(refused("format: Avro, schemaRegistry: {url: 'http://r'}"), "schemaRegistry ");
  EXPECT_EQ(refused("format: JSONEachRow, avroSchema: x, protobufSchema: x, protobufMessage: x"),
            "avroSchema protobufSchema protobufMessage ");
  valid("format: Avro");
  valid("format: Avro, avroSchema: '\"int\"'");
  valid("format: JSONEachRow, schemaRegistry: {url: 'http://r'}");
  const SourceSettings settings = valid(
      "format: Protobuf, protobufSchema: eA==, protobufMessage: a.B, protobufOneOf: columns, "
      "protobufPlainIndexes: true");
  EXPECT_EQ(settings.protobuf_message, "a.B");
  EXPECT_EQ(settings.protobuf_one_of, OneOfColumns::columns);
  EXPECT_TRUE(settings.protobuf_plain_indexes);
}

}  // namespace
}  // namespace penstock::kafka
