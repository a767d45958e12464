#include "spec/write_document.h"

#include <gtest/gtest.h>

#include "spec/read_document.h"

namespace penstock::spec {
namespace {

Value read(std::string_view text) {
  Reading reading = read_yaml(text);
  EXPECT_TRUE(reading.problems.empty()) << problems_text(reading.problems, "given");
  return std::move(reading.documents.at(0));
}

TEST(WriteYaml, IsWhatAPersonWouldWrite) {
  const std::string text =
      "name: web events\n"
      "source:\n"
      "  kafka:\n"
      "    topics: \"a,b\"\n"
      "    offset:\n"
      "      strategy: from_beginning\n"
      "columns:\n"
      "  - {name: id, type: UInt64}\n"
      "  - {name: \"a: b\", type: \"Decimal(9, 2)\"}\n"
      "  - deep:\n"
      "      list: [1, 2.5, true, null]\n"
      "    next: {}\n"
      "none: []\n";
  EXPECT_EQ(write_yaml(read(text)), text);
}

TEST(WriteYaml, PutsCommentsAboveWhatTheySpeakOf) {
  const Value value = read("a: {b: 1, c: [{x: 1}, {x: 2}]}");
  EXPECT_EQ(
      write_yaml(value, {{"", {"whole", ""}}, {"a.b", {"one"}}, {"a.c[1]", {"two", "three"}}}),
      "# whole\n"
      "#\n"
      "a:\n"
      "  # one\n"
      "  b: 1\n"
      "  c:\n"
      "    - {x: 1}\n"
      "    # two\n"
      "    # three\n"
      "    - {x: 2}\n");
}

TEST(WriteYaml, IsReadBackAsTheSameData) {
  for (const std::string_view text : {"'12'",
                                      "'true'",
                                      "'Null'",
                                      "'no'",
                                      "''",
                                      "' x'",
                                      "'x '",
                                      "'- x'",
                                      "'a # b'",
                                      "'a: b'",
                                      "'é\\n'",
                                      "\"a\\nb\\u0001\"",
                                      "'${X:-}'",
                                      "'0x1F'",
                                      "'.inf'",
                                      "1e3",
                                      "-0.5",
                                      "18446744073709551615",
                                      "[]",
                                      "{}",
                                      "[[1, [2]], []]",
                                      "{'': {'1': [{'y': 'n'}]}}",
                                      "'[a, b]'",
                                      "'~'",
                                      "'inf'",
                                      "'nan'"}) {
    const Value value = read(text);
    EXPECT_TRUE(same_data(read(write_yaml(value)), value)) << text << "\n" << write_yaml(value);
    const Reading json = read_json(write_json(value));
    ASSERT_EQ(json.documents.size(), 1u) << text;
    EXPECT_TRUE(same_data(json.documents[0], value)) << text;
  }
}

}  // namespace
}  // namespace penstock::spec
