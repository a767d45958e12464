#include <gtest/gtest.h>

#include <charconv>
#include <random>

#include "formats/json/fast_row.h"
#include "formats/json/fast_scalar.h"
#include "formats/json/key_graph.h"
#include "formats/json/text_scan.h"
#include "model/native_text.h"

namespace penstock::json {
namespace {

std::string padded(std::string_view text) {
  std::string made(text);
  made.append(kReadAhead, '\0');
  return made;
}

TEST(TextScan, EveryScanOfThisMachineFindsTheSameEnd) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2'000; ++round) {
    std::string text(random() % 300, 'x');
    for (char& c : text) {
      if (random() % 40 == 0) c = static_cast<char>(random());
    }
    text += '"';
    const std::size_t size = text.size();
    text = padded(text);
    const char* const last = text.data() + size;
    std::size_t expected = 0;
    bool has_high = false;
    for (;; ++expected) {
      const auto byte = static_cast<unsigned char>(text[expected]);
      if (byte == '"' || byte == '\\' || byte < 0x20) break;
      has_high |= byte >= 0x80;
    }
    const auto check = [&](const TextEnd& end) {
      ASSERT_EQ(end.at - text.data(), static_cast<std::ptrdiff_t>(expected));
      ASSERT_EQ(end.has_high, has_high);
    };
    check(find_text_end(text.data(), last));
    for (const TextScan scan : text_scans()) check(scan(text.data(), last));
  }
}

TEST(TextScan, StopsAtTheEndOfAMessageWithoutAQuote) {
  const std::string text(200, 'x');
  const char* const last = text.data() + 100;
  EXPECT_GT(find_text_end(text.data(), last).at, last);
  for (const TextScan scan : text_scans()) {
    EXPECT_GT(scan(text.data(), last).at, last);
    EXPECT_LE(scan(text.data(), last).at, last + kReadAhead);
  }
}

TEST(ScannedNumber, ReadsWhatTheGrammarAllows) {
  struct {
    std::string_view text;
    std::uint64_t digits;
    std::int32_t exponent;
    bool negative = false;
  } const numbers[] = {{"0", 0, 0},
                       {"7,", 7, 0},
                       {"-12345678]", 12345678, 0, true},
                       {"123456789012345678", 123456789012345678u, 0},
                       {"0.001}", 1, -3},
                       {"12.50", 1250, -2},
                       {"-1E+3", 1, 3, true},
                       {"1.5e-3", 15, -4}};
  for (const auto& expected : numbers) {
    const std::string text = padded(expected.text);
    ScannedNumber number;
    ASSERT_NE(scan_number(text.data(), number), nullptr) << text;
    EXPECT_EQ(number.digits, expected.digits) << text;
    EXPECT_EQ(number.exponent, expected.exponent) << text;
    EXPECT_EQ(number.negative, expected.negative) << text;
    EXPECT_FALSE(number.too_many_digits) << text;
  }
  for (const std::string_view wrong :
       {"", "-", "01", "-00", ".5", "1.", "1.e5", "1e", "1e+", "+1", "x", "1e123456789"}) {
    ScannedNumber number;
    const std::string text = padded(wrong);
    EXPECT_EQ(scan_number(text.data(), number), nullptr) << wrong;
  }
  ScannedNumber long_one;
  (void)scan_number(padded("12345678901234567890").data(), long_one);
  EXPECT_TRUE(long_one.too_many_digits);
}

template <class T>
class RealNumber : public testing::Test {};
using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(RealNumber, Reals);

TYPED_TEST(RealNumber, IsTheOneOfTheStandardLibrary) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 50'000; ++round) {
    std::string text = std::to_string(random() >> (random() % 64));
    if (random() % 2 == 0) text.insert(random() % text.size() + 1, ".").append("0");
    if (random() % 4 == 0) text += "e" + std::to_string(static_cast<int>(random() % 60) - 30);
    if (random() % 4 == 0) text.insert(0, "-");
    TypeParam expected = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), expected);
    if (read.ec != std::errc()) continue;
    const std::string ahead = padded(text);
    ScannedNumber number;
    const char* const end = scan_number(ahead.data(), number);
    TypeParam value = 0;
    if (end == nullptr) continue;  // "007.5"
    ASSERT_EQ(end - ahead.data(), static_cast<std::ptrdiff_t>(text.size())) << text;
    ASSERT_TRUE(as_real(number, text, value)) << text;
    ASSERT_EQ(value, expected) << text;
  }
}

struct Walk {
  explicit Walk(std::string_view object) : text(padded(object)) {
    message.last = text.data() + object.size() - 1;
    at = text.data() + 1;
  }
  std::string text;
  FastMessage message;
  const char* at = nullptr;
};

std::vector<KeyGraph::Field> walk(KeyGraph& keys, std::string_view object) {
  Walk walk(object);
  std::vector<KeyGraph::Field> fields;
  KeyGraph::Field field = keys.start();
  while (const char* value = keys.follow(walk.message, walk.at, field)) {
    fields.push_back(field);
    walk.at = skip_value(walk.message, value);
    if (walk.at == nullptr) break;
  }
  return fields;
}

TEST(KeyGraph, FindsFieldsInAnyOrderAndSpelling) {
  const std::string long_key(70, 'k');
  KeyGraph keys({"a", "ab", long_key});
  using Fields = std::vector<KeyGraph::Field>;
  for (int time = 0; time < 3; ++time) {  // learning, then knowing
    EXPECT_EQ(walk(keys, R"({"a":1,"ab":2})"), (Fields{0, 1}));
    EXPECT_EQ(walk(keys, R"({ "ab" : 2 , "a" : 1 })"), (Fields{1, 0}));
    EXPECT_EQ(walk(keys, R"({"abc":1,"a":1,"b":0})"), (Fields{keys.other(), 0, keys.other()}));
    EXPECT_EQ(walk(keys, R"({"a":1,")" + long_key + R"(":3})"), (Fields{0, 2}));
    EXPECT_EQ(walk(keys, "{}"), Fields{});
  }
  for (const std::string_view wrong : {R"({,"a":1})", R"({"a"1})", R"({"a)", R"({a:1})",
                                       R"({"a":})", R"({"\u0061":1})", R"({"a"})"}) {
    EXPECT_EQ(walk(keys, wrong), Fields{}) << wrong;
  }
  EXPECT_EQ(walk(keys, R"({"a":1,,"ab":2})"), Fields{0});
  EXPECT_EQ(walk(keys, R"({"a":1 "ab":2})"), Fields{0});
}

// A learned step must not be taken to lie behind the message when it is cut off.
TEST(KeyGraph, ReadsNoFurtherThanTheMessage) {
  KeyGraph keys({"a}", "b"});
  EXPECT_EQ(walk(keys, R"({"b":1,"a}":2})").size(), 2u);
  Walk cut(R"({"b":1,"a}":2})");
  cut.message.last = cut.text.data() + cut.text.find('}');
  KeyGraph::Field field = 1;
  EXPECT_EQ(keys.follow(cut.message, cut.text.data() + cut.text.find(','), field), nullptr);
}

Mapping mapping_of(const std::vector<std::pair<std::string, std::string>>& columns) {
  Table table{.database = "default", .name = "t"};
  for (const auto& [name, type] : columns) {
    table.columns.push_back({.name = name, .type = parse_type(type).value()});
  }
  return make_mapping(table, nullptr).value();
}

// The plain path would read these too: only here does it show when the fast one gives up.
TEST(FastRow, ReadsUsualMessagesItself) {
  const Mapping mapping = mapping_of({{"n", "UInt64"},
                                      {"r", "Float64"},
                                      {"s", "String"},
                                      {"b", "Bool"},
                                      {"o", "Nullable(Int32)"},
                                      {"l", "LowCardinality(String)"},
                                      {"a", "Array(Nullable(Float32))"},
                                      {"m", "Map(String, Array(Int32))"},
                                      {"t", "Tuple(x Int8, y Tuple(z String))"},
                                      {"u", "Tuple(Int8, String)"},
                                      {"d", "Decimal(9, 2)"}});
  const Plan plan(mapping);
  Block block = Block::make(mapping.layout).value();
  FastRow row(plan, block, {});
  row.aim_at(block);
  const std::string_view messages[] = {
      R"({"n":1,"r":1.5,"s":"text","b":true,"o":null,"l":"low","d":1.25})",
      R"({ "b" : false, "n" : "18446744073709551615", "s" : {"as": ["text"]}, "o": -7 })",
      R"({"a":[1.5,null, 2 , 3],"t":{"y":{"z":"\n\u00fc"},"x":1}})",
      R"({"m":{"k":[1,2],"":[]},"u":[1,"t"]})",
      R"({"a":[],"m":{},"t":{},"other":[{"x":[1e5,null,"\""]},true],"s":"schön"})",
      R"({})",
      " {\"n\":3}\n",
  };
  for (const std::string_view message : messages) {
    ASSERT_EQ(row.read_first(message), FastRow::Rest::none) << message;
    block.end_row({});
  }
  const auto texts = [&](std::size_t slot) {
    return native_texts(block.layout().columns[slot].type, *block.slots()[slot].column);
  };
  EXPECT_EQ(texts(0),
            (std::vector<std::string>{"1", "18446744073709551615", "0", "0", "0", "0", "3"}));
  EXPECT_EQ(texts(4)[1], "-7");
  EXPECT_EQ(texts(6)[2], "[1.5, null, 2, 3]");
}

TEST(FastRow, ReadsSeveralRowsAndPathsItself) {
  const Mapping mapping = mapping_of({{"x.a", "Int64"},
                                      {"x.b.c", "String"},
                                      {"n.a", "Array(Int32)"},
                                      {"n.b.c", "Array(Array(String))"}});
  const Plan plan(mapping);
  Block block = Block::make(mapping.layout).value();
  FastRow row(plan, block, {});
  row.aim_at(block);
  const std::string_view messages[] = {
      R"({"x":{"a":1,"b":{"c":"t"}}} {"x.a":2})",
      R"({"x":{"a":3,"b.c":"u"}},{"x":5})",
      R"([{"n":[{"a":1,"b":[{"c":"v"}]},{"b.c":["w"]}]}, {"n":{"a":[]}}])",
  };
  for (const std::string_view message : messages) {
    ASSERT_EQ(row.read_first(message), FastRow::Rest::rows) << message;
    block.end_row({});
    ASSERT_EQ(row.read_next(), FastRow::Rest::none) << message;
    block.end_row({});
  }
  const auto texts = [&](std::size_t slot) {
    return native_texts(block.layout().columns[slot].type, *block.slots()[slot].column);
  };
  using Texts = std::vector<std::string>;
  EXPECT_EQ(texts(0), (Texts{"1", "2", "3", "0", "0", "0"}));
  EXPECT_EQ(texts(1), (Texts{"\"t\"", "\"\"", "\"u\"", "\"\"", "\"\"", "\"\""}));
  EXPECT_EQ(texts(2), (Texts{"[]", "[]", "[]", "[]", "[1, 0]", "[]"}));
  EXPECT_EQ(texts(3)[4], R"([["v"], ["w"]])");
}

TEST(FastRow, LeavesToThePlainPathWhatItCannotJudge) {
  const Mapping mapping =
      mapping_of({{"n", "UInt8"}, {"s", "String"}, {"a", "Array(UInt8)"}, {"t", "Tuple(x Int8)"}});
  const Plan plan(mapping);
  Block block = Block::make(mapping.layout).value();
  FastRow row(plan, block, {.max_depth = 3});
  row.aim_at(block);
  const std::string_view messages[] = {
      R"({"n":256})",         R"({"n":1,"n":2})",
      R"({"n":01})",          R"({"n":1)",
      R"({"n":1}})",          R"({"n":1,})",
      R"({"s":"\ud800"})",    R"({"s":"\x"})",
      "{\"s\":\"\xFF\"}",     "{\"s\":\"a\tb\"}",
      R"({"a":[1,]})",        R"({"a":[1)",
      R"({"t":{"y":1}})",     R"({"other":[[[[1]]]]})",
      R"({"other":tru})",     R"({"s":"no end)",
      R"({"t":{"x":1})",      R"([1])",
      "{\"\xFF\":1,\"n\":1}", "",
      R"({"n":1}x)",
  };
  for (const std::string_view message : messages) {
    EXPECT_EQ(row.read_first(message), FastRow::Rest::unknown) << message;
    block.rewind();
  }
}

}  // namespace
}  // namespace penstock::json
