#include "model/type.h"

#include <gtest/gtest.h>

#include "model/tests/mutated_text.h"
#include "model/tests/type_round_trip.h"

namespace penstock {
namespace {

std::string round_trip(std::string_view text) {
  const auto type = parse_type(text);
  return type.ok() ? to_string(type.value()) : type.error().message;
}

TEST(Type, KeepsClickHousesOwnSpelling) {
  for (const char* text : {
           "UInt64",
           "Decimal(9, 2)",
           "FixedString(16)",
           "DateTime('Europe/Berlin')",
           "DateTime64(3, 'UTC')",
           "LowCardinality(Nullable(String))",
           "Map(String, Array(Nullable(Decimal(38, 10))))",
           "Tuple(UInt8, String)",
           "Tuple(a UInt8, `b c` Array(String), `1a` Date)",
           "Nested(a UInt8, b String)",
           "Enum8('a' = 1, 'b' = -2)",
           R"(Enum16('it\'s' = 1, 'back\\slash' = 2, 'a, b)' = 3))",
           "SimpleAggregateFunction(sum, UInt64)",
           "AggregateFunction(quantiles(0.5, 0.9), UInt64)",
           "Variant(String, Array(UInt8))",
           "Dynamic(max_types=8)",
           "JSON",
           "JSON(max_dynamic_paths=8, `a.b` UInt32, SKIP `x.y`, SKIP REGEXP 'q,.*')",
       }) {
    EXPECT_EQ(round_trip(text), text);
  }
}

TEST(Type, BlanksBetweenTokensDoNotMatter) {
  EXPECT_EQ(round_trip(" Array ( UInt8 ) "), "Array(UInt8)");
  EXPECT_EQ(round_trip("Enum8('a'=1,'b'=  -2)"), "Enum8('a' = 1, 'b' = -2)");
  EXPECT_EQ(round_trip("Tuple(\n    a UInt8,\n    `b c` String)"), "Tuple(a UInt8, `b c` String)");
}

TEST(Type, SeparatesNamesArgumentsAndLiterals) {
  const Type tuple = parse_type("Tuple(id UInt8, `odd\\`name` DateTime64(3, 'UTC'))").value();
  EXPECT_EQ(tuple.names, (std::vector<std::string>{"id", "odd`name"}));
  ASSERT_EQ(tuple.arguments.size(), 2u);
  EXPECT_EQ(tuple.arguments[1].literals, (std::vector<std::string>{"3", "'UTC'"}));
  const Type function = parse_type("SimpleAggregateFunction(any, Nullable(String))").value();
  EXPECT_EQ(function.literals, std::vector<std::string>{"any"});
  EXPECT_EQ(to_string(function.arguments.at(0)), "Nullable(String)");
}

TEST(Type, NamesTheFirstBadToken) {
  const auto problem = [](std::string_view text) {
    const auto type = parse_type(text);
    EXPECT_FALSE(type.ok()) << text;
    if (type.ok()) return std::string();
    EXPECT_EQ(type.error().code, "pipe.mapping");
    EXPECT_EQ(type.error().fault, Fault::user);
    EXPECT_EQ(type.error().recovery, Recovery::stop);
    return type.error().message.substr(type.error().message.find("at byte"));
  };
  EXPECT_EQ(problem(""), "at byte 1 expected a type name, found the end");
  EXPECT_EQ(problem("Array(UInt8"), "at byte 12 expected ',' or ')', found the end");
  EXPECT_EQ(problem("Array(UInt8))"), "at byte 13 expected the end, found \")\"");
  EXPECT_EQ(problem("Map(String,, UInt8)"), "at byte 12 expected a type name, found \",\"");
  EXPECT_EQ(problem("Enum8('a' = b)"), "at byte 13 expected a number, found \"b\"");
  EXPECT_EQ(problem("Enum8('a = 1)"), "at byte 14 expected a closing ', found the end");
  EXPECT_EQ(problem("8Int"), "at byte 1 expected a type name, found \"8Int\"");
  EXPECT_EQ(problem("String String"), "at byte 8 expected the end, found \"String\"");
  EXPECT_EQ(problem("Tuple(a UInt8, String)"),
            "at byte 23 expected a name for every element or for none, found the end");
}

TEST(Type, RefusesThousandsOfLevels) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "Array(";
  EXPECT_NE(round_trip(deep).find("at most 64 types in each other"), std::string::npos);
}

TEST(Type, UnquoteResolvesClickHousesEscapes) {
  EXPECT_EQ(unquote("'UTC'"), "UTC");
  EXPECT_EQ(unquote(R"('it\'s')"), "it's");
  EXPECT_EQ(unquote("'it''s'"), "it's");
  EXPECT_EQ(unquote(R"('a\nb\\c\x41')"), "a\nb\\cA");
  EXPECT_EQ(unquote(R"('50\%')"), R"(50\%)");
  EXPECT_EQ(unquote("12"), "12");
  EXPECT_EQ(unquote("'"), "'");
}

TEST(Type, KeepsItsMeaningWhenPrintedOrIsRefused) {
  MutatedText random("(),'`\"\\ =1aA\n");
  const auto seeds = type_seeds();
  for (int round = 0; round < 100'000; ++round) {
    const std::string text = random.of(seeds[random.below(seeds.size())]);
    SCOPED_TRACE(text);
    ASSERT_NO_THROW(check_type_round_trip(text));
  }
}

}  // namespace
}  // namespace penstock
