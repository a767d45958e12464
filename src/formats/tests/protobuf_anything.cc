#include "formats/tests/protobuf_anything.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>

#include "base/error_catalog.h"
#include "formats/protobuf/decoder.h"
#include "formats/tests/exact_copy.h"
#include "formats/tests/fixed_schema.h"
#include "formats/tests/protobuf_encoder.h"
#include "model/native_text.h"

namespace penstock {
namespace {

namespace pb = google::protobuf;

// Without strings: the library refuses those that are not UTF-8.
constexpr const char* kSchema = R"(
  syntax = "proto3";
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/wrappers.proto";
  enum Color { NONE = 0; RED = 1; BLUE = 5; }
  message Part { sint32 a = 1; optional bytes b = 2; repeated uint32 c = 3; Part p = 4; }
  message Event {
    int32 a = 1; int64 b = 2; uint32 c = 3; uint64 d = 4; sint32 e = 5; sint64 f = 6;
    fixed32 g = 7; fixed64 h = 8; sfixed32 i = 9; sfixed64 j = 10; bool k = 11;
    bytes l = 12; Color m = 13; optional int32 n = 14;
    repeated int32 o = 15; repeated fixed64 p = 16 [packed = false]; repeated bytes q = 17;
    Part r = 18; repeated Part s = 19; Part t = 20; map<int32, Part> u = 21;
    oneof v { int32 v1 = 22; Part v2 = 23; bytes v3 = 24; }
    google.protobuf.Timestamp w = 25; google.protobuf.Int64Value x = 26; Part z = 3000;
  })";

struct ColumnSpelling {
  std::string_view name, field, type;
};

constexpr ColumnSpelling kColumns[] = {
    {"a", "a", "Int32"},
    {"b", "b", "Int64"},
    {"c", "c", "UInt32"},
    {"d", "d", "Nullable(UInt64)"},
    {"e", "e", "String"},
    {"f", "f", "Int64"},
    {"g", "g", "UInt32"},
    {"h", "h", "LowCardinality(String)"},
    {"i", "i", "Int32"},
    {"j", "j", "Int64"},
    {"k", "k", "Bool"},
    {"l", "l", "String"},
    {"m", "m", "String"},
    {"n", "n", "Nullable(Int32)"},
    {"o", "o", "Array(Int32)"},
    {"o2", "o", "String"},
    {"p", "p", "Array(UInt64)"},
    {"q", "q", "Array(String)"},
    {"r", "r", "Tuple(a Int32, b Nullable(String), c Array(UInt32), p Tuple(a Int32))"},
    {"r2", "r.a", "Int32"},
    {"r3", "r.p.c", "Array(UInt32)"},
    {"s", "s", "Array(Tuple(a Int32, c Array(UInt32)))"},
    {"s2", "s.c", "Array(Array(UInt32))"},
    {"s3", "s.b", "Array(Nullable(String))"},
    {"t", "t", "String"},
    {"v", "v", "Tuple(v1 Nullable(Int32), v2 Tuple(a Int32, c Array(UInt32)), v3 String)"},
    {"v4", "v", "String"},
    {"v5", "v1", "Nullable(Int32)"},
    {"x", "x", "Nullable(Int64)"},
    {"w", "w", "String"},
    {"z", "z", "String"},
};

[[noreturn]] void give_up(std::string_view what, std::string_view message) {
  std::cerr << "the decoder " << what << " at: " << quote_value(message) << "\n";
  std::abort();
}

Mapping everything() {
  Table table{.database = "default", .name = "everything"};
  std::vector<FieldMapping> fields;
  for (const ColumnSpelling& column : kColumns) {
    table.columns.push_back(
        {.name = std::string(column.name), .type = parse_type(column.type).value()});
    fields.push_back({std::string(column.field), std::string(column.name)});
  }
  return make_mapping(table, &fields).value();
}

class Subject {
 public:
  Subject()
      : library_(kSchema, {}),
        message_(library_.make("Event")),
        mapping_(everything()),
        block_(Block::make(mapping_.layout).value()),
        decoder_(make_protobuf_decoder(mapping_, {},
                                       {.schemas = std::make_shared<FixedSchema>(
                                            RegisteredSchema{SchemaType::protobuf, kSchema, {}}),
                                        .message = "Event"})
                     .value()) {}

  void decode(std::string_view message) {
    const Answer answer = decode_one(message);
    if (!parses(message)) return;
    // Maps come in any order, and two keys may be one.
    const std::string canonical = encode();
    const Answer again = decode_one(canonical);
    const bool is_of_another_kind = answer.reject.find(" stands as ") != std::string::npos ||
                                    answer.reject.find("an entry of the map") != std::string::npos;
    if (is_of_another_kind || answer.code == "decode.too_large") return;
    if (answer.code != again.code || answer.row != again.row) {
      for (std::size_t i = 0; i < answer.row.size() && i < again.row.size(); ++i) {
        if (answer.row[i] == again.row[i]) continue;
        std::cerr << kColumns[i].name << ": " << answer.row[i] << " and " << again.row[i] << "\n";
      }
      std::cerr << answer.reject << " and " << again.reject << "\n";
      give_up("reads otherwise than Protobuf's library", message);
    }
  }

 private:
  struct Answer {
    std::vector<std::string> row;
    std::string code;
    std::string reject;
  };

  Answer decode_one(std::string_view message) {
    const ExactCopy copy(message);
    const RecordBatch batch = batch_of_one(copy.view());
    block_.clear();
    rejects_.clear();
    if (!decoder_->decode(batch, block_, rejects_).ok()) give_up("gave up the batch", message);
    if (block_.rows() + rejects_.size() != 1) give_up("did not answer with one", message);
    Answer answer;
    for (std::size_t slot = 0; slot < block_.slots().size(); ++slot) {
      const Slot& from = block_.slots()[slot];
      auto rows = native_texts(block_.layout().columns[slot].type, *from.column);
      if (rows.size() != block_.rows()) give_up("left columns of unequal length", message);
      if (!rows.empty()) answer.row.push_back(rows.front());
    }
    if (rejects_.empty()) return answer;
    answer.code = rejects_.front().code;
    answer.reject = rejects_.front().detail;
    if (!explain(answer.code)) give_up("gave a code nobody knows", message);
    if (answer.reject.empty() || answer.reject.size() > 2000) give_up("gave no detail", message);
    return answer;
  }

  bool parses(std::string_view message) {
    constexpr int kMostDepth = 10'000;
    pb::io::ArrayInputStream stream(message.data(), static_cast<int>(message.size()));
    pb::io::CodedInputStream coded(&stream);
    coded.SetRecursionLimit(kMostDepth);
    message_->Clear();
    return message_->ParseFromCodedStream(&coded) && coded.ConsumedEntireMessage();
  }

  std::string encode() {
    message_->DiscardUnknownFields();
    return message_->SerializeAsString();
  }

  ProtobufEncoder library_;
  std::unique_ptr<pb::Message> message_;
  Mapping mapping_;
  Block block_;
  std::unique_ptr<Decoder> decoder_;
  std::vector<Reject> rejects_;
};

}  // namespace

void protobuf_anything(std::string_view message) {
  static Subject subject;
  // Frames are another property's; no message begins with their bytes.
  const bool has_frame = !message.empty() && static_cast<unsigned char>(message[0]) < 8;
  if (!has_frame) subject.decode(message);
}

std::vector<std::string> protobuf_seeds() {
  ProtobufEncoder library(kSchema);
  std::vector<std::string> seeds;
  for (const char* text : {
           "a: -1 b: 300 c: 7 d: 18446744073709551615 e: -5 f: -9223372036854775808",
           "g: 1 h: 2 i: -3 j: -4 k: true l: 'bytes' m: BLUE n: 0",
           "o: [1, -1, 300] p: [1, 2, 3] q: ['', 'x', 'yz']",
           "r { a: 1 b: 'r' c: [1, 2] p { a: 2 c: 3 p { a: 4 } } } s { a: 1 c: [1, 2] } s { b: '' "
           "}",
           "t { a: 5 p { p { p { a: 1 } } } } u { key: 7 value { a: 1 } }",
           "v1: 5",
           "v2 { a: 1 c: [4, 5] }",
           "v3: 'three'",
           "w { seconds: 1700000000 nanos: 5 } x { value: -8 } z { a: 1 }",
           "w {} x {} z {} r {}",
       }) {
    seeds.push_back(library.encode(text, "Event"));
  }
  using std::string_literals::operator""s;
  seeds.push_back("\x9b\x7d\x08\x01\x9c\x7d\x08\x07"s);              // an unknown group, a: 7
  seeds.push_back("\x78\x05\x7a\x02\x06\x07\x78\x08"s);              // o, packed and not
  seeds.push_back("\xb0\x01\x05\xba\x01\x02\x08\x04\xb0\x01\x06"s);  // v1, v2, v1
  seeds.push_back("\x92\x01\x02\x08\x02\x92\x01\x03\x12\x01q"s);     // r twice
  seeds.push_back("\x68\x63\x70\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s);  // m: 99, n: -1
  return seeds;
}

}  // namespace penstock
