#include "formats/schema_frame.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "formats/tests/framed_record.h"

namespace penstock {
namespace {

using namespace std::string_literals;
using Indexes = std::vector<std::int32_t>;

constexpr std::size_t kLimit = 1000;
const std::string kGuidBytes = "\x89\x79\x17\x62\x23\x36\x41\x86\x96\x74\x29\x9b\x90\xa8\x02\xe2";
constexpr std::string_view kHeaderName = "__value_schema_id";

SchemaGuid guid() {
  SchemaGuid guid;
  std::copy_n(as_bytes(kGuidBytes).begin(), guid.size(), guid.begin());
  return guid;
}

std::string packed(std::string_view text) {
  std::string out(compressBound(text.size()), '\0');
  uLongf size = out.size();
  compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
           text.size());
  out.resize(size);
  return out;
}

struct Told {
  SchemaName schema;
  std::string payload;
  Indexes indexes;
  bool by_full_name = false;
  std::string refusal;
  int header_reads = 0;
};

Told read(SchemaType type, std::string_view value, std::vector<Header> headers = {},
          IndexCoding coding = IndexCoding::zigzag) {
  FrameReader reader(type, kLimit, coding);
  const FramedRecord record(value, std::move(headers));
  FramedMessage message;
  const auto refusal = reader.read(record.view(), message);
  if (refusal) return {.refusal = std::string(refusal->code) + ": " + refusal->detail};
  return {.schema = message.schema,
          .payload = std::string(message.payload),
          .indexes = message.message_indexes.path,
          .by_full_name = message.message_indexes.by_full_name,
          .refusal = {},
          .header_reads = record.header_reads()};
}

TEST(FrameReader, TakesConfluentsIdOffTheFront) {
  const Told told = read(SchemaType::avro, "\0\0\1\2\3payload"s);
  EXPECT_EQ(told.schema, SchemaName(SchemaId{0x010203}));
  EXPECT_EQ(told.payload, "payload");
  EXPECT_EQ(told.indexes, Indexes{});
}

TEST(FrameReader, TakesConfluentsGuidOffTheFront) {
  const Told told = read(SchemaType::avro, "\1" + kGuidBytes + "payload");
  EXPECT_EQ(told.schema, SchemaName(guid()));
  EXPECT_EQ(to_string(told.schema), "GUID 89791762-2336-4186-9674-299b90a802e2");
  EXPECT_EQ(told.payload, "payload");
}

TEST(FrameReader, TakesTheSchemaFromTheHeaderAndLeavesThePayloadWhole) {
  const std::string value = "\1" + kGuidBytes;
  const Told told = read(SchemaType::avro, "\0\0\0\0\1 looks framed"s,
                         {{"trace", as_bytes("x")}, {kHeaderName, as_bytes(value)}});
  EXPECT_EQ(told.schema, SchemaName(guid()));
  EXPECT_EQ(told.payload, "\0\0\0\0\1 looks framed"s);
}

TEST(FrameReader, BelievesTheLastHeaderOfThatName) {
  const std::string other = "\1" + std::string(16, 'x');
  const std::string value = "\1" + kGuidBytes;
  const Told told = read(SchemaType::avro, "payload",
                         {{kHeaderName, as_bytes(other)}, {kHeaderName, as_bytes(value)}});
  EXPECT_EQ(told.schema, SchemaName(guid()));
}

TEST(FrameReader, ReadsMessageIndexesBehindTheName) {
  EXPECT_EQ(read(SchemaType::protobuf, "\0\0\0\0\7\0p"s).indexes, Indexes{0});
  EXPECT_EQ(read(SchemaType::protobuf, "\0\0\0\0\7\2\2p"s).indexes, Indexes{1});
  const Told nested = read(SchemaType::protobuf, "\1" + kGuidBytes + "\4\2\x90\x03p");
  EXPECT_EQ(nested.indexes, (Indexes{1, 200}));
  EXPECT_FALSE(nested.by_full_name);
  EXPECT_EQ(nested.payload, "p");
}

TEST(FrameReader, ReadsMessageIndexesInTheHeader) {
  const std::string value = "\1" + kGuidBytes + "\4\2\4";
  const Told told = read(SchemaType::protobuf, "payload", {{kHeaderName, as_bytes(value)}});
  EXPECT_EQ(told.schema, SchemaName(guid()));
  EXPECT_EQ(told.indexes, (Indexes{1, 2}));
  EXPECT_EQ(told.payload, "payload");
}

TEST(FrameReader, ReadsThePlainVarintsOfOldWritersWhenTold) {
  const Told told = read(SchemaType::protobuf, "\0\0\0\0\7\2\1\5p"s, {}, IndexCoding::plain);
  EXPECT_EQ(told.indexes, (Indexes{1, 5}));
  EXPECT_EQ(told.payload, "p");
}

TEST(FrameReader, TakesTheFrameOfAwsGlueOff) {
  const Told told = read(SchemaType::avro, "\3\0"s + kGuidBytes + "payload");
  EXPECT_EQ(told.schema, SchemaName(SchemaVersionId{guid()}));
  EXPECT_EQ(told.payload, "payload");
}

TEST(FrameReader, UnpacksAwsGluesPayloadBeforeTheMessageIndex) {
  const Told avro = read(SchemaType::avro, "\3\5" + kGuidBytes + packed("payload"));
  EXPECT_EQ(avro.payload, "payload");
  const Told proto = read(SchemaType::protobuf, "\3\5" + kGuidBytes + packed("\xC8\1payload"));
  EXPECT_EQ(proto.payload, "payload");
  EXPECT_EQ(proto.indexes, Indexes{200});
  EXPECT_TRUE(proto.by_full_name);
}

TEST(FrameReader, UnpacksUpToTheLimitAndNoFurther) {
  const auto glue = [](std::size_t size) {
    return "\3\5" + kGuidBytes + packed(std::string(size, 'a'));
  };
  EXPECT_EQ(read(SchemaType::avro, glue(kLimit)).payload, std::string(kLimit, 'a'));
  EXPECT_EQ(read(SchemaType::avro, glue(kLimit + 1)).refusal,
            "decode.too_large: the unpacked payload is above the limit of 1000 bytes");
}

TEST(FrameReader, LeavesAMessageWithoutAFrameWhole) {
  for (const auto type : {SchemaType::avro, SchemaType::protobuf, SchemaType::json}) {
    const Told told = read(type, "{}");
    EXPECT_EQ(told.schema, SchemaName(ConfiguredSchema{}));
    EXPECT_EQ(told.payload, "{}");
    EXPECT_EQ(told.indexes, Indexes{});
  }
}

TEST(FrameReader, SaysWhatIsWrongWithAFrame) {
  using enum SchemaType;
  const std::string short_header = "\1abc";
  const std::string odd_header = "abc";
  EXPECT_EQ(read(avro, "\0\0\1"s).refusal,
            "decode.broken: the frame with the schema's name is cut off after 3 bytes");
  EXPECT_EQ(read(avro, "\1abc").refusal,
            "decode.broken: the frame with the schema's name is cut off after 4 bytes");
  EXPECT_EQ(read(avro, "\3\0abc"s).refusal,
            "decode.broken: the frame of AWS Glue is cut off after 5 bytes");
  EXPECT_EQ(read(avro, "\3\4" + kGuidBytes).refusal,
            "decode.broken: the frame of AWS Glue names the unknown compression 4");
  EXPECT_EQ(read(avro, "\3\5" + kGuidBytes + packed("abc").substr(0, 6)).refusal,
            "decode.broken: the payload is no whole zlib stream");
  EXPECT_EQ(read(avro, "\3\5" + kGuidBytes + packed("abc") + "x").refusal,
            "decode.broken: the payload is no whole zlib stream");
  EXPECT_EQ(read(avro, "p", {{kHeaderName, as_bytes(short_header)}}).refusal,
            "decode.broken: the header __value_schema_id is cut off after 4 bytes");
  EXPECT_EQ(read(avro, "p", {{kHeaderName, as_bytes(odd_header)}}).refusal,
            "decode.broken: the header __value_schema_id holds neither an id nor a GUID");
}

TEST(FrameReader, RefusesPathsThatAreCutOffNegativeOrAbsurdlyLong) {
  constexpr std::string_view kRefusal =
      "decode.broken: the frame with the schema's name holds no readable message indexes";
  for (const std::string& path : {""s, "\2"s, "\1"s, "\2\1"s, "\xFF\xFF\xFF\xFF\x0F"s,
                                  "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\1"s}) {
    EXPECT_EQ(read(SchemaType::protobuf, "\0\0\0\0\7"s + path).refusal, kRefusal);
  }
}

TEST(FrameReader, ReadsHeadersOnlyWhereTheyCanMatter) {
  EXPECT_EQ(read(SchemaType::protobuf, "\0\0\0\0\7\0p"s).header_reads, 0);
  EXPECT_EQ(read(SchemaType::protobuf, "\x0A\1x").header_reads, 1);
  EXPECT_EQ(read(SchemaType::avro, "\0\0\0\0\7p"s).header_reads, 1);
  EXPECT_EQ(read(SchemaType::json, "{}").header_reads, 0);
}

}  // namespace
}  // namespace penstock
