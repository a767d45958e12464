#include "model/virtual_columns.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

/// The first record has two headers, the others none.
class TwoHeaders final : public RecordStorage {
 public:
  std::span<const Header> headers_of(std::size_t record) override {
    return record == 0 ? std::span(headers_) : std::span<Header>();
  }

 private:
  std::vector<Header> headers_ = {{.name = "h", .value = as_bytes("1")},
                                  {.name = "i", .value = Bytes{}}};
};

/// Two records: the first has a key and two headers, the second has nothing.
RecordBatch two_records() {
  RecordBatch batch;
  batch.topic = "web";
  batch.partition = 3;
  batch.keys = {as_bytes("k"), Bytes{}};
  batch.values = {as_bytes("{}"), as_bytes("[]")};
  batch.timestamps_ms = {1704458096789, -1};
  batch.offsets = {41, 42};
  batch.storage = std::make_shared<TwoHeaders>();
  return batch;
}

struct Filled {
  Block block;
  Refusal refusal;
  std::string hex() const { return native_hex(*block.slots().front().column); }
};

/// One column of `type`, filled with `column` from one record.
Filled fill(VirtualColumn column, std::string_view type, std::size_t record = 0) {
  auto layout = std::make_shared<BlockLayout>();
  layout->columns.push_back({.name = "c", .type = parse_type(type).value()});
  Block block = Block::make(layout).value();
  const RecordBatch batch = two_records();
  const Refusal refusal =
      put_virtual_columns({{.column = column, .slot = 0}}, batch, record, block);
  return {.block = std::move(block), .refusal = refusal};
}

std::string hex_of_text(std::string_view type, std::string_view text) {
  const auto column = column_of(type);
  EXPECT_EQ(column->put_text(text), Fit::ok);
  return native_hex(*column);
}

TEST(VirtualColumns, GiveTheRecordsPlaceAndBytes) {
  EXPECT_EQ(fill(VirtualColumn::partition, "Int32").hex(), "03000000");
  EXPECT_EQ(fill(VirtualColumn::offset, "UInt64", 1).hex(), "2a00000000000000");
  EXPECT_EQ(fill(VirtualColumn::topic, "String").hex(), "03776562");
  EXPECT_EQ(fill(VirtualColumn::raw_message, "String").hex(), "027b7d");
  EXPECT_EQ(fill(VirtualColumn::topic, "LowCardinality(String)").hex(),
            hex_of_text("LowCardinality(String)", "web"));
}

TEST(VirtualColumns, TellANullKeyFromAKey) {
  EXPECT_EQ(fill(VirtualColumn::key, "Nullable(String)").hex(), "00016b");
  EXPECT_EQ(fill(VirtualColumn::key, "Nullable(String)", 1).hex(), "0100");
  EXPECT_EQ(fill(VirtualColumn::key, "String", 1).hex(), "00");
}

TEST(VirtualColumns, GiveTheSameMomentToEveryTypeOfTime) {
  constexpr std::string_view kText = "2024-01-05 12:34:56.789";
  for (const char* type : {"DateTime", "DateTime64(0)", "DateTime64(3)", "DateTime64(6)",
                           "DateTime64(9, 'Asia/Tokyo')", "Nullable(DateTime64(3))",
                           "LowCardinality(DateTime)", "String"}) {
    const std::string zone = std::string_view(type).ends_with("'Asia/Tokyo')") ? "Z" : "";
    EXPECT_EQ(fill(VirtualColumn::timestamp, type).hex(),
              hex_of_text(type, std::string(kText) + zone))
        << type;
  }
  EXPECT_EQ(fill(VirtualColumn::timestamp, "Date").hex(), hex_of_text("Date", "2024-01-05"));
  EXPECT_EQ(fill(VirtualColumn::timestamp, "Int64").hex(), hex_of_text("Int64", "1704458096789"));
  EXPECT_EQ(fill(VirtualColumn::timestamp, "Nullable(DateTime64(3))", 1).hex(),
            "010000000000000000");
}

TEST(VirtualColumns, GiveHeadersAsTwoArrays) {
  EXPECT_EQ(fill(VirtualColumn::header_keys, "Array(String)").hex(), "020000000000000001680169");
  EXPECT_EQ(fill(VirtualColumn::header_values, "Array(Nullable(String))").hex(),
            "02000000000000000001013100");
  EXPECT_EQ(fill(VirtualColumn::header_keys, "Array(String)", 1).hex(), "0000000000000000");
}

TEST(VirtualColumns, SayWhichSlotRefused) {
  const Filled filled = fill(VirtualColumn::topic, "UInt8");
  EXPECT_EQ(filled.refusal.fit, Fit::unreadable);
  EXPECT_EQ(filled.refusal.slot, 0u);
  EXPECT_EQ(fill(VirtualColumn::header_keys, "String").refusal.fit, Fit::wrong_type);
  EXPECT_EQ(fill(VirtualColumn::partition, "UInt8").refusal.fit, Fit::ok);
}

TEST(VirtualColumns, AreUndoneWithTheRow) {
  Filled filled = fill(VirtualColumn::header_values, "Array(UInt8)");
  EXPECT_EQ(filled.refusal.fit, Fit::ok);
  filled.block.rewind();
  EXPECT_EQ(filled.hex(), "");
}

}  // namespace
}  // namespace penstock
