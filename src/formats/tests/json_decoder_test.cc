#include "formats/json/decoder.h"

#include <gtest/gtest.h>

#include "model/native_text.h"

namespace penstock {
namespace {

Mapping one_text_column() {
  Table table{.database = "default", .name = "texts"};
  table.columns.push_back({.name = "s", .type = parse_type("String").value()});
  return make_mapping(table, nullptr).value();
}

RecordBatch batch_of(const std::vector<std::string>& messages) {
  RecordBatch batch;
  for (const std::string& message : messages) {
    batch.values.push_back(as_bytes(message));
    batch.offsets.push_back(static_cast<std::int64_t>(batch.offsets.size()));
  }
  return batch;
}

TEST(JsonDecoder, RefusesLimitsNothingCouldMeet) {
  EXPECT_FALSE(make_json_decoder(one_text_column(), {.max_message_bytes = 0}).ok());
  EXPECT_FALSE(make_json_decoder(one_text_column(), {.max_depth = 0}).ok());
  const auto deep = make_json_decoder(one_text_column(), {.max_depth = 1'000'000});
  ASSERT_FALSE(deep.ok());
  EXPECT_EQ(deep.error().code, "pipe.document");
}

TEST(JsonDecoder, RejectsATwentyMegabyteMessageAndGoesOn) {
  const std::string huge = R"({"s": ")" + std::string(20u << 20, 'x') + R"("})";
  const std::vector<std::string> messages = {R"({"s": "a"})", huge, R"({"s": "b"})"};
  Block block = Block::make(one_text_column().layout).value();
  std::vector<Reject> rejects;
  const auto decoder = make_json_decoder(one_text_column(), {}).value();
  ASSERT_TRUE(decoder->decode(batch_of(messages), block, rejects).ok());
  EXPECT_EQ(block.rows(), 2u);
  EXPECT_EQ(block.origin(1).offset, 2);
  ASSERT_EQ(rejects.size(), 1u);
  EXPECT_EQ(rejects[0].record, 1u);
  EXPECT_EQ(rejects[0].code, "decode.too_large");
}

TEST(JsonDecoder, ReadsATwentyMegabyteMessageWhereTheLimitAllowsIt) {
  const std::string text(20u << 20, 'x');
  const std::vector<std::string> messages = {R"({"s": ")" + text + R"("})"};
  Block block = Block::make(one_text_column().layout).value();
  std::vector<Reject> rejects;
  const auto decoder =
      make_json_decoder(one_text_column(), {.max_message_bytes = 32u << 20}).value();
  ASSERT_TRUE(decoder->decode(batch_of(messages), block, rejects).ok());
  ASSERT_TRUE(rejects.empty()) << rejects[0].detail;
  EXPECT_GT(block.bytes(), text.size());
}

TEST(QuoteValue, CutsBetweenCharactersAndSpellsOutControls) {
  EXPECT_EQ(quote_value("a\n\x01\x7f\xff"), "a\\n\\x01\\x7f\\xff");
  EXPECT_EQ(quote_value("\xC2\x9B"), "\\xc2\\x9b");  // a terminal's CSI in one character
  EXPECT_EQ(quote_value(std::string(200, 'x')), std::string(200, 'x'));
  const std::string almost_full(199, 'x');
  EXPECT_EQ(quote_value(almost_full + "é"), almost_full + "...");
}

}  // namespace
}  // namespace penstock
