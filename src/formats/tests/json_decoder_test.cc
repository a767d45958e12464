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

/// A table sorted by id, with DEFAULTs, a deletion mark and the key.
Mapping soft_deleting(Tombstones tombstones) {
  Table table{.database = "default", .name = "t", .sorting_key = "id"};
  for (const auto& [name, type] : {std::pair{"id", "UInt64"},
                                   {"note", "String"},
                                   {"tags", "Array(String)"},
                                   {"_is_deleted", "UInt8"},
                                   {"_key", "String"}}) {
    table.columns.push_back({.name = name, .type = parse_type(type).value()});
  }
  table.columns[1].default_kind = DefaultKind::expression;
  return make_mapping(table, nullptr, tombstones).value();
}

RecordBatch tombstones_of(const std::vector<std::string>& keys) {
  RecordBatch batch;
  for (const std::string& key : keys) {
    batch.keys.push_back(as_bytes(key));
    batch.values.emplace_back();
    batch.offsets.push_back(static_cast<std::int64_t>(batch.offsets.size()));
  }
  return batch;
}

TEST(JsonDecoder, ATombstoneLeavesNothingUnlessItIsToldTo) {
  const std::vector<std::string> keys = {R"({"id": 1})"};
  const Mapping mapping = soft_deleting(Tombstones::leave_nothing);
  Block block = Block::make(mapping.layout).value();
  std::vector<Reject> rejects;
  const auto decoder = make_json_decoder(mapping, {}).value();
  ASSERT_TRUE(decoder->decode(tombstones_of(keys), block, rejects).ok());
  EXPECT_EQ(block.rows(), 0u);
  EXPECT_TRUE(rejects.empty());
}

TEST(JsonDecoder, ATombstoneLeavesARowOfItsKeysFields) {
  const std::vector<std::string> keys = {R"({"id": 7, "tags": ["a"], "more": 1})", R"({"id": "x"})",
                                         R"({"note": "no id"})", "plain"};
  const Mapping mapping = soft_deleting(Tombstones::leave_fields);
  Block block = Block::make(mapping.layout).value();
  std::vector<Reject> rejects;
  const auto decoder = make_json_decoder(mapping, {}).value();
  RecordBatch batch = tombstones_of(keys);
  const std::string value = R"({"id": 8, "note": "n"})";
  batch.values.push_back(as_bytes(value));
  batch.keys.push_back(as_bytes(keys[0]));
  batch.offsets.push_back(4);
  ASSERT_TRUE(decoder->decode(batch, block, rejects).ok());
  ASSERT_EQ(block.rows(), 2u);
  EXPECT_EQ(native_texts(mapping.layout->columns[0].type, *block.slots()[0].column),
            (std::vector<std::string>{"7", "8"}));
  EXPECT_EQ(native_texts(mapping.layout->columns[3].type, *block.slots()[3].column),
            (std::vector<std::string>{"1", "0"}));
  EXPECT_EQ(block.slots()[1].missing.at(0), 1) << "the column's DEFAULT";
  ASSERT_EQ(rejects.size(), 3u);
  EXPECT_EQ(rejects[0].field, "id");
  EXPECT_EQ(rejects[1].detail, R"(the key of a tombstone, {"note": "no id"}, has no value for it)");
  EXPECT_EQ(rejects[2].field, "id");
}

TEST(JsonDecoder, ATombstoneWithoutAKeyIsRejected) {
  const Mapping mapping = soft_deleting(Tombstones::leave_fields);
  Block block = Block::make(mapping.layout).value();
  std::vector<Reject> rejects;
  RecordBatch batch = tombstones_of({""});
  batch.keys[0] = {};
  ASSERT_TRUE(make_json_decoder(mapping, {}).value()->decode(batch, block, rejects).ok());
  EXPECT_EQ(rejects.at(0).detail, "a tombstone without a key");
}

}  // namespace
}  // namespace penstock
