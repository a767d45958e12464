#include "spec/value.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

namespace penstock::spec {
namespace {

template <class T>
T plain_as(std::string_view text) {
  const Value value{plain_scalar(text)};
  const T* found = value.get_if<T>();
  EXPECT_NE(found, nullptr) << text;
  return found ? *found : T{};
}

TEST(PlainScalar, ReadsYaml12Nulls) {
  for (const char* text : {"", "~", "null", "Null", "NULL"}) {
    EXPECT_TRUE(Value{plain_scalar(text)}.is_null()) << text;
  }
}

TEST(PlainScalar, ReadsOnlyTrueAndFalseAsBool) {
  EXPECT_TRUE(plain_as<bool>("true"));
  EXPECT_FALSE(plain_as<bool>("False"));
  for (const char* text : {"yes", "no", "on", "off", "y", "tRue"}) {
    EXPECT_EQ(plain_as<std::string>(text), text);
  }
}

TEST(PlainScalar, ReadsWholeNumbers) {
  EXPECT_EQ(plain_as<std::int64_t>("-12"), -12);
  EXPECT_EQ(plain_as<std::int64_t>("+12"), 12);
  EXPECT_EQ(plain_as<std::int64_t>("0x1F"), 31);
  EXPECT_EQ(plain_as<std::int64_t>("0o17"), 15);
  EXPECT_EQ(plain_as<std::int64_t>("017"), 17);  // no octal, unlike YAML 1.1
  EXPECT_EQ(plain_as<std::uint64_t>("18446744073709551615"), 18446744073709551615u);
}

TEST(PlainScalar, ReadsRealNumbers) {
  EXPECT_DOUBLE_EQ(plain_as<double>("-1.5e3"), -1500);
  EXPECT_DOUBLE_EQ(plain_as<double>("18446744073709551616"), 18446744073709551616.0);
  EXPECT_TRUE(std::isinf(plain_as<double>("-.inf")));
  EXPECT_TRUE(std::isnan(plain_as<double>(".nan")));
}

TEST(PlainScalar, LeavesEverythingElseAsText) {
  for (const char* text : {"1.2.3", "12ms", "inf", "nan", "--1", "+-1", "1_000", "0x", "2026-01-01",
                           "127.0.0.1:9092", "-"}) {
    EXPECT_EQ(plain_as<std::string>(text), text);
  }
}

TEST(Describe, ShortensLongTextWithoutCuttingACharacter) {
  std::string text(59, 'a');
  const std::string shown = text;
  text.append("ü").append(100, 'b');
  EXPECT_EQ(describe(Value{text}), fmt::format("\"{}…\"", shown));
}

TEST(Describe, HidesTheLoginOfAnAddressAndControlCharacters) {
  EXPECT_EQ(quoted("http://me:p@ss@host:1"), "\"http://***@host:1\"");
  EXPECT_EQ(quoted("a\nb"), "\"a b\"");
}

TEST(Describe, NamesContainers) {
  EXPECT_EQ(describe(Value{Value::List{}}), "a list");
  EXPECT_EQ(describe(Value{Value::Map{}}), "a map");
  EXPECT_EQ(describe(Value{}), "null");
  EXPECT_EQ(describe(Value{true}), "true");
  EXPECT_EQ(describe(Value{0.5}), "0.5");
}

TEST(SameData, IgnoresPlacesAndComparesEverythingElse) {
  const auto tree = [](Value leaf, int line) {
    Value::Map map;
    map.push_back({"a", {line, 1}, Value{Value::List{std::move(leaf)}, {line, 2}}});
    return Value{std::move(map), {line, 1}};
  };
  EXPECT_TRUE(same_data(tree(Value{std::int64_t{1}}, 1), tree(Value{std::int64_t{1}}, 9)));
  EXPECT_FALSE(same_data(tree(Value{std::int64_t{1}}, 1), tree(Value{std::int64_t{2}}, 1)));
  EXPECT_FALSE(same_data(tree(Value{std::int64_t{1}}, 1), tree(Value{1.0}, 1)));
  EXPECT_FALSE(same_data(tree(Value{}, 1), Value{}));
}

}  // namespace
}  // namespace penstock::spec
