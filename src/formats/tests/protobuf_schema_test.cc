#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include "formats/protobuf/base64.h"
#include "formats/protobuf/schema.h"

namespace penstock::protobuf {
namespace {

std::shared_ptr<const Schema> read(std::string text,
                                   std::vector<RegisteredSchema::Import> imports = {}) {
  auto made = Schema::read({SchemaType::protobuf, std::move(text), std::move(imports)});
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().text());
  return made.ok() ? made.value() : nullptr;
}

std::string problem(std::string text, std::vector<RegisteredSchema::Import> imports = {}) {
  auto made = Schema::read({SchemaType::protobuf, std::move(text), std::move(imports)});
  if (made.ok()) return "none";
  EXPECT_EQ(made.error().code, "schema.unusable");
  return made.error().message;
}

testing::AssertionResult mentions(const std::string& text, std::string_view part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << text;
}

std::string base64(const std::string& bytes) {
  std::string out;
  append_base64(bytes, out);
  return out;
}

constexpr const char* kOrder = R"(
  syntax = "proto3";
  package shop;
  message Order {
    map<string, int32> tags = 1;
    message Line { string sku = 1; }
    message Address { string city = 1; }
  }
  message Refund { Order order = 1; }
)";

std::string message_name(const Schema& schema, const std::vector<std::int32_t>& indexes,
                         std::string_view name) {
  auto found = schema.message({.path = indexes}, name);
  return found.ok() ? found.value()->name : found.error().message;
}

TEST(ProtobufSchema, FindsMessagesByIndexesByNameOrTakesTheFirst) {
  const auto schema = read(kOrder);
  EXPECT_EQ(message_name(*schema, {}, ""), "shop.Order");
  EXPECT_EQ(message_name(*schema, {1}, ""), "shop.Refund");
  EXPECT_EQ(message_name(*schema, {1}, "Order"), "shop.Refund");
  EXPECT_EQ(message_name(*schema, {}, "shop.Refund"), "shop.Refund");
  EXPECT_EQ(message_name(*schema, {}, "Order.Line"), "shop.Order.Line");
  EXPECT_EQ(message_name(*schema, {7}, ""), "it has no message with the indexes [7]");
  EXPECT_EQ(message_name(*schema, {}, "Nope"), "it has no message called Nope");
}

TEST(ProtobufSchema, CountsNoMapEntriesInIndexes) {
  const auto schema = read(kOrder);
  EXPECT_EQ(message_name(*schema, {0, 0}, ""), "shop.Order.Line");
  EXPECT_EQ(message_name(*schema, {0, 1}, ""), "shop.Order.Address");
}

TEST(ProtobufSchema, SortsMessagesByFullNameWhereGlueCounts) {
  const auto schema = read(kOrder);
  const auto at = [&schema](std::int32_t place) {
    auto found = schema->message({.path = {place}, .by_full_name = true}, "");
    return found.ok() ? found.value()->name : found.error().message;
  };
  EXPECT_EQ(at(0), "shop.Order");
  EXPECT_EQ(at(1), "shop.Order.Address");
  EXPECT_EQ(at(2), "shop.Order.Line");
  EXPECT_EQ(at(3), "shop.Order.TagsEntry");
  EXPECT_EQ(at(4), "shop.Refund");
  EXPECT_EQ(at(5), "it has no message with the indexes [5]");
}

TEST(ProtobufSchema, TakesBase64OfSourceAndOfDescriptors) {
  EXPECT_EQ(message_name(*read(base64(kOrder)), {}, ""), "shop.Order");

  google::protobuf::FileDescriptorSet set;
  auto& item = *set.add_file();
  item.set_name("item.proto");
  item.add_message_type()->set_name("Item");
  auto& main = *set.add_file();
  main.set_name("main.proto");
  main.add_dependency("item.proto");
  main.add_message_type()->set_name("Event");
  EXPECT_EQ(message_name(*read(base64(set.SerializeAsString())), {}, ""), "Event");
  EXPECT_EQ(message_name(*read(base64(item.SerializeAsString())), {}, ""), "Item");
  EXPECT_TRUE(mentions(problem(base64(std::string("\x01\x02\xff\xff", 4))), "neither .proto"));
}

TEST(ProtobufSchema, FollowsImportsAndKnowsGooglesAndConfluents) {
  const auto schema = read(
      R"(syntax = "proto3";
         import "shop/item.proto";
         import "google/protobuf/timestamp.proto";
         import "confluent/meta.proto";
         import "confluent/type/decimal.proto";
         message Event {
           option (confluent.message_meta) = { doc: "nobody needs this" };
           shop.Item item = 1 [(confluent.field_meta).doc = "nor that"];
           google.protobuf.Timestamp at = 2;
           confluent.type.Decimal price = 3;
         })",
      {{"shop/item.proto", R"(syntax = "proto2"; package shop; message Item {
                                optional string sku = 1 [default = "none"]; })"}});
  const MessageType& event = *schema->find("Event");
  EXPECT_EQ(event.find("at")->message->well_known, WellKnown::timestamp);
  EXPECT_EQ(event.find("price")->message->well_known, WellKnown::decimal);
  EXPECT_EQ(event.find("item")->message->find("sku")->written_default->bytes, "none");
}

TEST(ProtobufSchema, MissesOnlyTheFilesWhoseTypesAreUsed) {
  const std::string options = R"(syntax = "proto3"; import "buf/validate.proto";
    message Event { string id = 1 [(buf.validate.field).string.uuid = true]; })";
  EXPECT_EQ(message_name(*read(options), {}, ""), "Event");
  EXPECT_EQ(problem(R"(syntax = "proto3"; import "shop/item.proto";
                       message Event { shop.Item item = 1; })"),
            "no file defines shop.Item of field Event.item; imported files nobody gave: "
            "shop/item.proto");
}

TEST(ProtobufSchema, SaysWhereTheSourceIsWrong) {
  EXPECT_EQ(problem("syntax = \"proto3\";\nmessage Event {\n  int32 = 1;\n}\n"),
            "line 3, column 9: Expected field name.");
  EXPECT_EQ(problem("syntax = \"proto3\";\nmessage Event {\n  int32 a = 1;\n  int32 b = 1;\n}\n"),
            "line 4, column 13: Event.b: Field number 1 has already been used in \"Event\" by "
            "field \"a\".");
  EXPECT_TRUE(mentions(problem(R"(syntax = "proto3"; import "a.proto"; message Event { A a = 1; })",
                               {{"a.proto", "syntax = \"proto3\";\nmessage A { no }\n"}}),
                       "a.proto line 2, column 16: "));
  EXPECT_EQ(problem("syntax = \"proto3\";"), "it defines no message");
}

TEST(ProtobufSchema, KeepsPresenceAsEachSyntaxMeansIt) {
  const auto presence = [](const std::string& source) {
    std::string kept;
    const auto schema = read(source);
    for (const FieldType& field : schema->find("M")->fields) kept += field.has_presence ? '1' : '0';
    return kept;
  };
  EXPECT_EQ(presence(R"(syntax = "proto3"; message M { int32 a = 1; optional int32 b = 2; M c = 3;
                        oneof d { int32 e = 4; } })"),
            "0111");
  EXPECT_EQ(presence(R"(syntax = "proto2"; message M { optional int32 a = 1;
                        required int32 b = 2; repeated int32 c = 3; })"),
            "110");
  EXPECT_EQ(presence(R"(edition = "2023"; message M { int32 a = 1;
                        int32 b = 2 [features.field_presence = IMPLICIT]; })"),
            "10");
  EXPECT_EQ(presence(R"(edition = "2023"; option features.field_presence = IMPLICIT;
                        message M { int32 a = 1;
                        int32 b = 2 [features = { field_presence: EXPLICIT }]; })"),
            "01");
}

TEST(ProtobufSchema, ReadsWhatOnlyEditionsHave) {
  const auto schema = read(R"(// a comment: edition = "x"
    edition = '2024';
    package shop;
    option features.enum_type = CLOSED;
    export message M {
      reserved old, older;
      reserved 7 to max;
      string reserved = 1 [default = "reserved a;"];
      Color color = 2;
      local message Inner { int32 a = 1; }
      Inner inner = 3 [features.message_encoding = DELIMITED];
    }
    local enum Color { RED = 3; BLUE = 5; })");
  const MessageType& message = *schema->find("shop.M");
  EXPECT_EQ(message.find("reserved")->written_default->bytes, "reserved a;");
  EXPECT_EQ(message.find("color")->zero.number, 3u);
  EXPECT_EQ(message.find("color")->enumeration->name_of(5), "BLUE");
  EXPECT_EQ(message.find("inner")->message->name, "shop.M.Inner");
}

TEST(ProtobufSchema, ReadsEditionsFromACompiler) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("m.proto");
  file.set_syntax("editions");
  // What libprotobuf 3.21 does not know: features { field_presence: IMPLICIT } of the file.
  file.mutable_options()->mutable_unknown_fields()->AddLengthDelimited(50)->assign("\x08\x02");
  auto& message = *file.add_message_type();
  message.set_name("M");
  auto& field = *message.add_field();
  field.set_name("a");
  field.set_number(1);
  field.set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
  field.set_type(google::protobuf::FieldDescriptorProto::TYPE_INT32);
  google::protobuf::FileDescriptorSet set;
  *set.add_file() = file;
  EXPECT_FALSE(read(base64(set.SerializeAsString()))->find("M")->find("a")->has_presence);
}

TEST(ProtobufSchema, KnowsEnumsWithHolesAndAliases) {
  const auto schema = read(R"(syntax = "proto3";
    enum E { option allow_alias = true; ZERO = 0; NIL = 0; NEG = -1; FAR = 1000; }
    message M { E e = 1; })");
  const EnumType& type = *schema->find("M")->find("e")->enumeration;
  EXPECT_EQ(type.name_of(0), "ZERO");
  EXPECT_EQ(type.name_of(-1), "NEG");
  EXPECT_EQ(type.name_of(1000), "FAR");
  EXPECT_EQ(type.name_of(1), "");
}

}  // namespace
}  // namespace penstock::protobuf
