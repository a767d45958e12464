#include "spec/read_document.h"

#include <gtest/gtest.h>

#include <string>

#include "spec/path.h"

namespace penstock::spec {
namespace {

std::string text_at(const Value& root, std::string_view key) {
  const Value* value = root.find(key);
  return value ? describe(*value) : "nothing";
}

std::string all_problems(const Reading& reading) { return problems_text(reading.problems, "f"); }

TEST(ReadYaml, TellsQuotedFromPlainScalars) {
  const Reading reading = read_yaml("a: 1\nb: '1'\nc: \"true\"\nd: true\ne:\nf: |\n  5\n");
  ASSERT_EQ(reading.documents.size(), 1u);
  const Value& root = reading.documents[0];
  EXPECT_EQ(text_at(root, "a"), "1");
  EXPECT_EQ(text_at(root, "b"), "\"1\"");
  EXPECT_EQ(text_at(root, "c"), "\"true\"");
  EXPECT_EQ(text_at(root, "d"), "true");
  EXPECT_EQ(text_at(root, "e"), "null");
  EXPECT_EQ(text_at(root, "f"), "\"5 \"");
}

TEST(ReadYaml, KnowsWhereEachNodeStands) {
  const Reading reading = read_yaml("a:\n  - x\n  - b: 7\n");
  const Place place = place_of(reading.documents.at(0), "a[1].b");
  EXPECT_EQ(place.line, 3);
  EXPECT_EQ(place.column, 8);
}

TEST(ReadYaml, ReadsSeveralDocumentsAndSkipsEmptyOnes) {
  const Reading reading = read_yaml("---\na: 1\n---\n---\na: 2\n...\n");
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(reading.documents.size(), 2u);
}

TEST(ReadYaml, ReportsADoubledKeyWithItsPathAndPlace) {
  EXPECT_EQ(all_problems(read_yaml("a:\n  b: 1\n  c: 2\n  b: 3\n")),
            "f:4:3: a.b: the key is given twice\n");
}

TEST(ReadYaml, ReportsBrokenSyntaxWithItsPlace) {
  const Reading reading = read_yaml("a: [1, 2\nb: 3\n");
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_NE(reading.problems[0].message.find("is not valid YAML"), std::string::npos);
  EXPECT_EQ(reading.problems[0].place.line, 2);
}

TEST(ReadYaml, StopsAliasesThatUnfoldWithoutEnd) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 9; ++j) text += before + ", ";
    text += before + "]\n";
  }
  const Reading reading = read_yaml(text);
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].message, "the file unfolds into too many values");
}

TEST(ReadYaml, RefusesDeepNestingAndKeysThatAreNoText) {
  const Reading deep = read_yaml(std::string(100, '[') + std::string(100, ']'));
  ASSERT_FALSE(deep.problems.empty());
  EXPECT_EQ(deep.problems[0].message, "is nested too deeply");
  EXPECT_EQ(all_problems(read_yaml("? [a]\n: 1\n")), "f:1:3: a key must be plain text\n");
}

TEST(ReadYaml, SaysOnceThatAnAliasInsideItselfNeverEnds) {
  const Reading reading = read_yaml("a: &x [*x, *x]");
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].message, "is nested too deeply");
}

TEST(ReadYaml, EndsWhereTheDocumentsOfAFileDoNot) {
  const Reading reading = read_yaml(",");
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].message, "is not valid YAML: its documents have no end");
}

TEST(ReadJson, ReadsEveryKindOfValue) {
  const Reading reading =
      read_json(R"({"a": null, "b": true, "c": -5, "d": 18446744073709551615, "e": 1.5,)"
                R"( "f": "x\"y", "g": [1]})");
  ASSERT_TRUE(reading.problems.empty()) << all_problems(reading);
  const Value& root = reading.documents.at(0);
  EXPECT_TRUE(root.find("a")->is_null());
  EXPECT_TRUE(*root.find("b")->get_if<bool>());
  EXPECT_EQ(*root.find("c")->get_if<std::int64_t>(), -5);
  EXPECT_EQ(*root.find("d")->get_if<std::uint64_t>(), 18446744073709551615u);
  EXPECT_EQ(*root.find("e")->get_if<double>(), 1.5);
  EXPECT_EQ(*root.find("f")->get_if<std::string>(), "x\"y");
  EXPECT_EQ(root.find("g")->get_if<Value::List>()->size(), 1u);
}

TEST(ReadJson, KnowsWhereEachNodeStands) {
  const Reading reading =
      read_json("{\n  \"a\\\"b\": [12.5e3, {\"c\": \"x\"},\n    false, null, 7]\n}");
  const Value* list = reading.documents.at(0).find("a\"b");
  ASSERT_NE(list, nullptr);
  const auto& items = *list->get_if<Value::List>();
  const auto at = [&](const Value& value, int line, int column) {
    EXPECT_EQ(value.place().line, line) << describe(value);
    EXPECT_EQ(value.place().column, column) << describe(value);
  };
  at(*list, 2, 11);
  at(items[0], 2, 12);
  at(*items[1].find("c"), 2, 26);
  at(items[2], 3, 5);
  at(items[3], 3, 12);
  at(items[4], 3, 18);
}

TEST(ReadJson, ReportsADoubledKeyWithItsPathAndPlace) {
  EXPECT_EQ(all_problems(read_json("{\"a\": [{\"b\": 1,\n \"b\": 2}]}")),
            "f:2:2: a[0].b: the key is given twice\n");
}

TEST(ReadJson, ReportsBrokenSyntaxWithItsPlaceButNotTheText) {
  const Reading reading = read_json("{\n \"password\": \"hunter2\" \"x\"}");
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].place.line, 2);
  EXPECT_NE(reading.problems[0].message.find("is not valid JSON"), std::string::npos);
  const Reading cut = read_json("{\"password\": \"hunter2");
  ASSERT_EQ(cut.problems.size(), 1u);
  EXPECT_EQ(all_problems(cut).find("hunter2"), std::string::npos) << all_problems(cut);
}

TEST(ReadJson, RefusesDeepNestingAndTrailingText) {
  EXPECT_EQ(read_json(std::string(100'000, '[')).problems.at(0).message, "is nested too deeply");
  EXPECT_FALSE(read_json("{} {}").problems.empty());
}

TEST(ReadJson, SkipsAByteOrderMark) {
  const Reading reading = read_json("\xEF\xBB\xBF{\"a\": 1}");
  ASSERT_TRUE(reading.problems.empty());
  EXPECT_EQ(reading.documents.at(0).find("a")->place().column, 7);
}

TEST(ReadDocument, ChoosesByFileNameAndRefusesAnEmptyFile) {
  EXPECT_TRUE(read_document("a: 1", "x.yaml").problems.empty());
  EXPECT_FALSE(read_document("a: 1", "x.json").problems.empty());
  EXPECT_EQ(all_problems(read_document("# nothing\n", "x.yml")), "f: the file holds no document\n");
}

}  // namespace
}  // namespace penstock::spec
