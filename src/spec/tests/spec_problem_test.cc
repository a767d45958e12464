#include <gtest/gtest.h>

#include "spec/tests/sample_spec.h"

namespace penstock::spec {
namespace {

TEST(SpecProblem, NamesWhatABoolOrNumberMustBe) {
  EXPECT_EQ(problems_of("flag: 'true'"), "f:1:7: flag: must be true or false (found \"true\")\n");
  const std::string count = ": count: must be a whole number between 1 and 16 (found ";
  EXPECT_EQ(problems_of("count: 17"), "f:1:8" + count + "17)\n");
  EXPECT_EQ(problems_of("count: 0"), "f:1:8" + count + "0)\n");
  EXPECT_EQ(problems_of("count: 1.5"), "f:1:8" + count + "1.5)\n");
  EXPECT_EQ(problems_of("count: '5'"), "f:1:8" + count + "\"5\")\n");
  EXPECT_EQ(problems_of("whole: 9223372036854775808"),
            "f:1:8: whole: must be a whole number (found 9223372036854775808)\n");
  EXPECT_EQ(problems_of("ratio: .nan"),
            "f:1:8: ratio: must be a number between 0 and 1 (found nan)\n");
  EXPECT_EQ(problems_of("part: {name: a, weight: 9}"),
            "f:1:25: part.weight: must be a number between 0.5 kg and 8 kg (found 9)\n");
}

TEST(SpecProblem, NamesWhatAnAmountMustBe) {
  const std::string wait =
      ": wait_ms: must be a time between 10 ms and 10 min, in milliseconds or like \"5s\" (found ";
  EXPECT_EQ(problems_of("wait_ms: 9"), "f:1:10" + wait + "9)\n");
  EXPECT_EQ(problems_of("wait_ms: 11min"), "f:1:10" + wait + "\"11min\")\n");
  EXPECT_EQ(problems_of("wait_ms: 5 parsecs"), "f:1:10" + wait + "\"5 parsecs\")\n");
  EXPECT_EQ(problems_of("wait_ms: -5s"), "f:1:10" + wait + "\"-5s\")\n");
  EXPECT_EQ(problems_of("size: 0.3KiB"),
            "f:1:7: size: must be a size between 1 KiB and 1 GiB, in bytes or like \"32MiB\" "
            "(found \"0.3KiB\")\n");
}

TEST(SpecProblem, NamesWhatATextMustBe) {
  EXPECT_EQ(problems_of("text: 12"),
            "f:1:7: text: must be text between 2 and 8 characters; put it in quotes (found 12)\n");
  EXPECT_EQ(problems_of("text: a"),
            "f:1:7: text: must be text between 2 and 8 characters (found \"a\")\n");
  EXPECT_EQ(problems_of("code: ABC"), "f:1:7: code: must be three small letters (found \"ABC\")\n");
  EXPECT_NE(problems_of("code: \"abc\\0\""), "");
  EXPECT_NE(problems_of("code: \"abc\\n\""), "");
  EXPECT_NE(problems_of("code: " + std::string(1'000'000, 'a')), "");
  EXPECT_EQ(problems_of("mixed: true"),
            "f:1:8: mixed: must be text; put it in quotes (found true)\n");
}

TEST(SpecProblem, ListsTheChoicesAndTheNearestOne) {
  EXPECT_EQ(problems_of("colour: Gren"),
            "f:1:9: colour: must be one of Red, Green; did you mean `Green`? (found \"Gren\")\n");
  EXPECT_EQ(problems_of("maybeColour: 5"),
            "f:1:14: maybeColour: must be one of Red, Green (found 5)\n");
}

TEST(SpecProblem, NamesTheElementOfAList) {
  EXPECT_EQ(problems_of("words: [a, 5, '']"),
            "f:1:12: words[1]: must be text and not empty; put it in quotes (found 5)\n"
            "f:1:15: words[2]: must be text and not empty (found \"\")\n");
  EXPECT_EQ(problems_of("words: abc"), "f:1:8: words: must be a list of texts (found text)\n");
  EXPECT_EQ(problems_of("parts: {}"), "f:1:8: parts: must be a list of maps (found a map)\n");
  EXPECT_EQ(problems_of("parts: [{name: a}, {}, 5]"),
            "f:1:20: parts[1].name: is required, e.g. bolt\n"
            "f:1:24: parts[2]: must be a map of settings (found a number)\n");
}

TEST(SpecProblem, RefusesContainersInFreeAndOpenSettings) {
  EXPECT_EQ(problems_of("free: {a: [1]}"),
            "f:1:11: free.a: must be a plain value (found a list)\n");
  EXPECT_EQ(problems_of("free: 5"),
            "f:1:7: free: must be a map of names and plain values (found a number)\n");
  EXPECT_EQ(problems_of("x.a: {}"), "f:1:6: \"x.a\": must be a plain value (found a map)\n");
}

TEST(SpecProblem, PointsToTheUnknownKeyAndSuggestsTheNearest) {
  EXPECT_EQ(problems_of("cuont: 2"),
            "f:1:1: cuont: there is no such setting; did you mean `count`?\n");
  EXPECT_EQ(problems_of("part: {name: a, colour: Red}"),
            "f:1:17: part.colour: there is no such setting; known are name, weight, key\n");
  EXPECT_NE(problems_of("x.: 2").find("there is no such setting"), std::string::npos);
}

TEST(SpecProblem, NeverShowsASecret) {
  EXPECT_EQ(problems_of("part: {name: a, key: 1234}"),
            "f:1:22: part.key: must be text; put it in quotes (found a secret, not shown)\n");
  EXPECT_EQ(problems_of("part: hunter2"), "f:1:7: part: must be a map of settings (found text)\n");
  EXPECT_EQ(problems_of("part: {name: a, kye: hunter2}"),
            "f:1:17: part.kye: there is no such setting; did you mean `key`?\n");
}

TEST(SpecProblem, RunsRulesOfNestedSettings) {
  EXPECT_EQ(problems_of("parts: [{name: anvil}]"),
            "f:1:9: parts[0].weight: is required for an anvil\n");
}

TEST(SpecProblem, LeavesOutARuleAboutAFieldThatAlreadyHasAProblem) {
  EXPECT_EQ(problems_of("part: {name: anvil, weight: heavy}"),
            "f:1:29: part.weight: must be a number between 0.5 kg and 8 kg (found \"heavy\")\n");
}

TEST(SpecProblem, ReportsEveryProblemInTheOrderOfTheFile) {
  const auto parsed = parse_yaml("count: 99\nnope: 1\nflag: 3\npart: {}\nwords: [1]\n");
  ASSERT_EQ(parsed.problems.size(), 5u);
  for (int line = 1; line <= 5; ++line) {
    EXPECT_EQ(parsed.problems[static_cast<std::size_t>(line - 1)].place.line, line);
  }
}

TEST(SpecProblem, RefusesADocumentThatIsNoMap) {
  EXPECT_EQ(problems_of("[1, 2]"), "f:1:1: must be a map of settings (found a list)\n");
}

}  // namespace
}  // namespace penstock::spec
