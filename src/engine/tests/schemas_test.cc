#include "engine/schemas.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

TEST(SchemaSource, IsNoneWhereTheSourceNamesNone) {
  const auto source = make_schema_source({});
  ASSERT_TRUE(source.ok());
  EXPECT_EQ(source.value(), nullptr);
}

TEST(SchemaSource, HasTheSchemaOfTheDocument) {
  const auto avro = make_schema_source({.avro_schema = "\"int\""});
  EXPECT_EQ(avro.value()->find(ConfiguredSchema{}).value()->text, "\"int\"");
  const auto protobuf = make_schema_source({.protobuf_schema = "eA=="});
  EXPECT_EQ(protobuf.value()->find(ConfiguredSchema{}).value()->type, SchemaType::protobuf);
}

TEST(SchemaSource, RefusesAnAddressThatIsNone) {
  kafka::SourceSettings settings;
  settings.schema_registry = kafka::SchemaRegistrySettings{.url = "http://r/schemas/ids/x"};
  const auto source = make_schema_source(settings);
  ASSERT_FALSE(source.ok());
  EXPECT_EQ(source.error().code, "pipe.document");
}

}  // namespace
}  // namespace penstock
