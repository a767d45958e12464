#include "spec/environment.h"

#include <gtest/gtest.h>

#include <map>

#include "spec/read_document.h"
#include "spec/value.h"

namespace penstock::spec {
namespace {

Environment variables(std::map<std::string, std::string, std::less<>> set) {
  return [set](std::string_view name) -> std::optional<std::string> {
    const auto found = set.find(name);
    if (found == set.end()) return std::nullopt;
    return found->second;
  };
}

struct Outcome {
  std::string text;
  std::vector<Problem> problems;
};

Outcome substituted(const std::string& text) {
  Value value{text, {3, 4}};
  Outcome out;
  const auto environment = variables({{"HOST", "db"}, {"PORT", "8123"}, {"EMPTY", ""}});
  substitute(value, environment, out.problems);
  out.text = *value.get_if<std::string>();
  return out;
}

TEST(Substitute, PutsVariablesIntoText) {
  EXPECT_EQ(substituted("http://${HOST}:${PORT}/").text, "http://db:8123/");
  EXPECT_EQ(substituted("no variable, $HOST, 5$").text, "no variable, $HOST, 5$");
}

TEST(Substitute, TakesTheDefaultForUnsetAndEmptyVariables) {
  EXPECT_EQ(substituted("${NONE:-a:b}").text, "a:b");
  EXPECT_EQ(substituted("${EMPTY:-x}").text, "x");
  EXPECT_EQ(substituted("${HOST:-x}").text, "db");
  EXPECT_EQ(substituted("[${NONE:-}]").text, "[]");
  EXPECT_EQ(substituted("[${EMPTY}]").text, "[]");
}

TEST(Substitute, LeavesEscapedOnesAlone) {
  EXPECT_EQ(substituted("$${HOST} ${HOST}").text, "${HOST} db");
}

TEST(Substitute, DoesNotLookIntoWhatAVariableHolds) {
  Value value{std::string("${A}")};
  std::vector<Problem> problems;
  substitute(value, variables({{"A", "${B}"}}), problems);
  EXPECT_EQ(*value.get_if<std::string>(), "${B}");
  EXPECT_TRUE(problems.empty());
}

TEST(Substitute, ReportsEachUnsetVariableWithPathAndPlace) {
  Reading reading = read_yaml("a:\n  - ${ONE}\nb: {c: '${TWO}-${THREE}'}\n");
  std::vector<Problem> problems;
  substitute(reading.documents.at(0), variables({}), problems);
  EXPECT_EQ(problems_text(problems, "f"),
            "f:2:5: a[0]: the environment variable `ONE` is not set and has no default\n"
            "f:3:8: b.c: the environment variable `TWO` is not set and has no default\n"
            "f:3:8: b.c: the environment variable `THREE` is not set and has no default\n");
}

TEST(Substitute, ReportsWhatIsNoReferenceWithoutShowingIt) {
  for (const char* text : {"a${HOST", "${}", "${4SECRET}", "${A-B}"}) {
    const Outcome out = substituted(text);
    ASSERT_EQ(out.problems.size(), 1u) << text;
    EXPECT_EQ(out.problems[0].message.find("SECRET"), std::string::npos);
    EXPECT_EQ(out.problems[0].place.line, 3);
  }
}

}  // namespace
}  // namespace penstock::spec
