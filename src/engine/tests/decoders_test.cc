#include "engine/decoders.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

Mapping one_column() {
  Table table{.database = "default", .name = "events"};
  auto type = parse_type("UInt64");
  table.columns.push_back({.name = "id", .type = std::move(type).value()});
  return make_mapping(table, nullptr).value();
}

PipeDocument document_of(kafka::MessageFormat format) {
  PipeDocument document{.name = "orders"};
  document.source.kafka = kafka::SourceSettings{.format = format};
  return document;
}

TEST(MakeDecoder, ReadsJson) {
  auto made = make_decoder(document_of(kafka::MessageFormat::json_each_row), one_column(), nullptr);
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_NE(made.value(), nullptr);
}

TEST(MakeDecoder, ReadsProtobuf) {
  auto made = make_decoder(document_of(kafka::MessageFormat::protobuf), one_column(), nullptr);
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_NE(made.value(), nullptr);
}

TEST(MakeDecoder, ReadsAvroWithAndWithoutRegistry) {
  for (const auto format : {kafka::MessageFormat::avro, kafka::MessageFormat::avro_confluent}) {
    auto made = make_decoder(document_of(format), one_column(), nullptr);
    ASSERT_TRUE(made.ok()) << made.error().text();
    EXPECT_NE(made.value(), nullptr);
  }
}

}  // namespace
}  // namespace penstock
