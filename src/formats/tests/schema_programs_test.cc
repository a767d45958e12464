#include "formats/schema_programs.h"

#include <gtest/gtest.h>

#include <map>

namespace penstock {
namespace {

/// Knows some ids; what is not there is unknown.
class FewSchemas final : public SchemaSource {
 public:
  Result<std::shared_ptr<const RegisteredSchema>> find(const SchemaName& name) override {
    ++requests;
    if (down) {
      return Error{.fault = Fault::remote,
                   .recovery = Recovery::retry,
                   .code = "registry.unreachable",
                   .message = "the registry is away"};
    }
    const auto found = schemas.find(std::get<SchemaId>(name).value);
    if (found == schemas.end()) {
      return Error{.fault = Fault::data,
                   .recovery = Recovery::isolate,
                   .code = "schema.unknown",
                   .message = "there is no schema " + to_string(name)};
    }
    return std::make_shared<const RegisteredSchema>(found->second);
  }

  std::map<std::uint32_t, RegisteredSchema> schemas;
  int requests = 0;
  bool down = false;
};

struct Program {
  std::string text;
};
using Programs = SchemaPrograms<Program>;

class SchemaProgramsTest : public testing::Test {
 protected:
  static FramedMessage frame(std::uint32_t id, std::vector<std::int32_t> indexes = {}) {
    return {.schema = SchemaId{id}, .payload = {}, .message_indexes = {.path = std::move(indexes)}};
  }

  std::shared_ptr<FewSchemas> source_ = std::make_shared<FewSchemas>();
  int compiled_ = 0;
  Programs programs_{
      source_, SchemaType::avro,
      [this](const RegisteredSchema& schema, const FramedMessage& frame) {
        ++compiled_;
        if (schema.text == "odd") {
          return Programs::Compiled(
              RecordRefusal{.code = "schema.unusable", .slot = 2, .detail = "it is odd"});
        }
        auto text = schema.text + std::to_string(frame.message_indexes.path.size());
        return Programs::Compiled(std::make_unique<Program>(Program{std::move(text)}));
      }};
};

TEST_F(SchemaProgramsTest, CompilesOncePerSchemaAndMessageIndexes) {
  source_->schemas = {{1, {.text = "one"}}, {2, {.text = "two"}}};
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(programs_.find(frame(1))->text, "one0");
    EXPECT_EQ(programs_.find(frame(1))->text, "one0");
    EXPECT_EQ(programs_.find(frame(1, {0, 1}))->text, "one2");
    EXPECT_EQ(programs_.find(frame(2))->text, "two0");
  }
  EXPECT_EQ(compiled_, 3);
  EXPECT_EQ(source_->requests, 3);
}

TEST_F(SchemaProgramsTest, RefusesMessagesOfUnknownSchemasUntilTheyAreKnown) {
  ASSERT_EQ(programs_.find(frame(7)), nullptr);
  EXPECT_FALSE(programs_.outage());
  EXPECT_EQ(programs_.refusal().code, "schema.unknown");
  EXPECT_EQ(programs_.refusal().detail, "there is no schema id 7");
  source_->schemas[7] = {.text = "seven"};
  EXPECT_NE(programs_.find(frame(7)), nullptr);
}

TEST_F(SchemaProgramsTest, RefusesMessagesWhereThePipeNamesNoSource) {
  Programs programs(nullptr, SchemaType::avro, nullptr);
  ASSERT_EQ(programs.find(frame(7)), nullptr);
  EXPECT_EQ(programs.refusal().code, "schema.unknown");
  EXPECT_EQ(programs.refusal().detail,
            "the message was written with schema id 7, but the pipe names neither a registry nor a "
            "schema");
}

TEST_F(SchemaProgramsTest, ReportsAnOutageWhileTheRegistryIsAway) {
  source_->schemas = {{1, {.text = "one"}}, {2, {.text = "two"}}};
  ASSERT_NE(programs_.find(frame(1)), nullptr);
  source_->down = true;
  EXPECT_NE(programs_.find(frame(1)), nullptr);
  ASSERT_EQ(programs_.find(frame(2)), nullptr);
  EXPECT_EQ(programs_.outage()->code, "registry.unreachable");
  source_->down = false;
  EXPECT_NE(programs_.find(frame(2)), nullptr);
}

TEST_F(SchemaProgramsTest, RemembersThatASchemaCannotBeUsed) {
  source_->schemas = {{1, {.text = "odd"}}, {2, {.text = "two"}}};
  for (int round = 0; round < 2; ++round) {
    ASSERT_EQ(programs_.find(frame(1)), nullptr);
    EXPECT_FALSE(programs_.outage());
    EXPECT_EQ(programs_.refusal().code, "schema.unusable");
    EXPECT_EQ(programs_.refusal().slot, 2u);
    EXPECT_EQ(programs_.refusal().detail, "schema id 1: it is odd");
    ASSERT_NE(programs_.find(frame(2)), nullptr);
  }
  EXPECT_EQ(compiled_, 2);
}

TEST_F(SchemaProgramsTest, ForgetsTheOldestOfTooMany) {
  source_->schemas = {{1, {.text = "one"}}, {2, {.text = "odd"}}};
  const auto most = static_cast<std::int32_t>(Programs::kMostKept);
  for (std::int32_t index = 0; index < most; ++index) {
    ASSERT_NE(programs_.find(frame(1, {index})), nullptr);
  }
  ASSERT_NE(programs_.find(frame(1, {0})), nullptr);
  EXPECT_EQ(compiled_, most);
  ASSERT_EQ(programs_.find(frame(2, {most})), nullptr);  // takes the place of index 0
  ASSERT_NE(programs_.find(frame(1, {1})), nullptr);
  EXPECT_EQ(compiled_, most + 1);
  ASSERT_NE(programs_.find(frame(1, {0})), nullptr);
  EXPECT_EQ(compiled_, most + 2);
}

TEST_F(SchemaProgramsTest, RefusesSchemasOfAnotherLanguage) {
  source_->schemas = {{1, {.type = SchemaType::protobuf, .text = "syntax"}}};
  ASSERT_EQ(programs_.find(frame(1)), nullptr);
  EXPECT_EQ(programs_.refusal().code, "schema.unusable");
  EXPECT_EQ(programs_.refusal().detail, "schema id 1 is written in Protobuf, the pipe reads Avro");
}

}  // namespace
}  // namespace penstock
