#include "spec/spec.h"

#include <gtest/gtest.h>

#include "spec/environment.h"
#include "spec/tests/sample_spec.h"

namespace penstock::spec {
namespace {

TEST(Spec, KeepsTheDefaultsOfTheStruct) {
  const auto [config, problems, warnings] = parse_yaml("{}");
  EXPECT_TRUE(problems.empty());
  EXPECT_TRUE(config.flag);
  EXPECT_EQ(config.count, 2u);
  EXPECT_EQ(config.wait.count(), 5000);
  EXPECT_EQ(config.text, "plain");
  EXPECT_EQ(config.colour, Colour::green);
  EXPECT_FALSE(config.maybe.has_value());
}

TEST(Spec, ReadsEveryKindOfField) {
  const auto parsed = parse_yaml(R"(
flag: false
count: 16
whole: -9223372036854775808
ratio: 1
wait_ms: 250
size: 4096
text: "ünïcödé!"
code: abc
mixed: 17
colour: Red
maybeColour: Green
maybe: true
words: [a, b]
free: {a: 1, b: true, c: text, d: null}
part: {name: bolt, weight: 2.5}
maybePart: {name: nut}
parts: [{name: one}, {name: two}]
x.debug: all
x.limit: 5
renamed: r
)");
  ASSERT_TRUE(parsed.problems.empty()) << problems_text(parsed.problems, "f");
  const Sample& config = parsed.config;
  EXPECT_FALSE(config.flag);
  EXPECT_EQ(config.count, 16u);
  EXPECT_EQ(config.whole, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(config.ratio, 1.0);
  EXPECT_EQ(config.wait.count(), 250);
  EXPECT_EQ(config.size, 4096u);
  EXPECT_EQ(config.text, "ünïcödé!");
  EXPECT_EQ(config.code, "abc");
  EXPECT_EQ(config.mixed, "17");
  EXPECT_EQ(config.colour, Colour::red);
  EXPECT_EQ(config.maybe_colour, Colour::green);
  EXPECT_EQ(config.maybe, true);
  EXPECT_EQ(config.words, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(config.free,
            (std::map<std::string, std::string>{{"a", "1"}, {"b", "true"}, {"c", "text"}}));
  EXPECT_EQ(config.part.weight, 2.5);
  EXPECT_EQ(config.maybe_part->name, "nut");
  EXPECT_EQ(config.parts.at(1).name, "two");
  EXPECT_EQ(config.open, (std::map<std::string, std::string>{{"debug", "all"}, {"limit", "5"}}));
  EXPECT_EQ(config.renamed, "r");
}

TEST(Spec, ReadsAmountsWithUnits) {
  const auto amounts = [](const char* text) {
    const auto parsed = parse_yaml(text);
    EXPECT_TRUE(parsed.problems.empty()) << text;
    return std::pair(parsed.config.wait.count(), parsed.config.size);
  };
  EXPECT_EQ(amounts("{wait_ms: 5s, size: 32MiB}"), std::pair(5000L, 32ul << 20));
  EXPECT_EQ(amounts("{wait_ms: 1.5 s, size: 1.5 KiB}"), std::pair(1500L, 1536ul));
  EXPECT_EQ(amounts("{wait_ms: 10min, size: 1 GiB}"), std::pair(600'000L, 1ul << 30));
  EXPECT_EQ(amounts("{wait_ms: 5e2, size: 2000 B}"), std::pair(500L, 2000ul));
}

TEST(Spec, TakesNullForAbsent) {
  const auto parsed = parse_yaml("{flag: null, maybe: ~, maybePart: null, words: null, x.a: null}");
  EXPECT_TRUE(parsed.problems.empty());
  EXPECT_TRUE(parsed.config.flag);
  EXPECT_FALSE(parsed.config.maybe_part.has_value());
  EXPECT_TRUE(parsed.config.open.empty());
}

TEST(Spec, ReadsNumbersAndBoolsOutOfTheEnvironment) {
  Reading reading = read_yaml("{flag: '${F}', count: '${N}', text: '${N}', wait_ms: '${W}'}");
  std::vector<Problem> problems;
  const auto environment = [](std::string_view name) -> std::optional<std::string> {
    return name == "F" ? "false" : name == "N" ? "12" : "2s";
  };
  substitute(reading.documents[0], environment, problems);
  const auto parsed = sample_spec().parse(reading.documents[0]);
  EXPECT_TRUE(parsed.problems.empty()) << problems_text(parsed.problems, "f");
  EXPECT_FALSE(parsed.config.flag);
  EXPECT_EQ(parsed.config.count, 12u);
  EXPECT_EQ(parsed.config.text, "12");
  EXPECT_EQ(parsed.config.wait.count(), 2000);
}

TEST(Spec, ReadsAFormerNameWithAWarning) {
  const auto parsed = parse_yaml("old_name: r");
  EXPECT_EQ(parsed.config.renamed, "r");
  EXPECT_TRUE(parsed.problems.empty());
  EXPECT_EQ(problems_text(parsed.warnings, "f"), "f:1:11: old_name: is now called `renamed`\n");
  EXPECT_EQ(problems_of("{old_name: r, renamed: s}"),
            "f:1:12: old_name: is the former name of `renamed`, which is given too; remove it\n");
}

}  // namespace
}  // namespace penstock::spec
