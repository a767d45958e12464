#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "spec/json_schema.h"
#include "spec/markdown.h"
#include "spec/tests/sample_spec.h"

namespace penstock::spec {
namespace {

TEST(JsonSchema, OfASmallSpecIsExactly) {
  EXPECT_EQ(json_schema(part_spec().shape()), R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "part",
  "description": "A part.",
  "type": "object",
  "required": [
    "name"
  ],
  "properties": {
    "name": {
      "description": "Its name.",
      "type": "string",
      "minLength": 1,
      "examples": [
        "bolt"
      ],
      "x-ui": {
        "group": "basic"
      }
    },
    "weight": {
      "description": "Its weight.",
      "type": "number",
      "minimum": 0.5,
      "maximum": 8,
      "x-ui": {
        "group": "basic",
        "unit": "kg"
      }
    },
    "key": {
      "description": "Opens it.",
      "type": "string",
      "writeOnly": true,
      "x-ui": {
        "group": "basic"
      }
    }
  },
  "additionalProperties": false
}
)");
}

TEST(JsonSchema, CoversEveryKindOfField) {
  const auto schema = nlohmann::json::parse(json_schema(sample_spec().shape()));
  const auto& fields = schema.at("properties");
  EXPECT_EQ(fields.at("flag").at("default"), true);
  EXPECT_EQ(fields.at("flag").at("x-ui").at("live"), true);
  EXPECT_EQ(fields.at("count").at("type"), "integer");
  EXPECT_EQ(fields.at("count").at("default"), 2);
  EXPECT_EQ(fields.at("wait_ms").at("x-ui").at("kind"), "duration_ms");
  EXPECT_EQ(fields.at("wait_ms").at("default"), 5000);
  EXPECT_EQ(fields.at("size").at("maximum"), 1 << 30);
  EXPECT_EQ(fields.at("code").at("pattern"), "^([a-z]{3})$");
  EXPECT_EQ(fields.at("mixed").at("type"), (nlohmann::json{"string", "number"}));
  EXPECT_EQ(fields.at("colour").at("enum"), (nlohmann::json{"Red", "Green"}));
  EXPECT_EQ(fields.at("colour").at("default"), "Green");
  EXPECT_FALSE(fields.at("maybeColour").contains("default"));
  EXPECT_EQ(fields.at("words").at("items").at("type"), "string");
  EXPECT_EQ(fields.at("parts").at("items").at("required"), nlohmann::json{"name"});
  EXPECT_EQ(fields.at("maybePart").at("properties").at("key").at("writeOnly"), true);
  EXPECT_TRUE(schema.at("patternProperties").contains("^x\\..+"));
  EXPECT_EQ(schema.at("additionalProperties"), false);
}

TEST(Markdown, ListsEverySettingWithItsFullPath) {
  const std::string page = markdown_reference(sample_spec().shape());
  const auto holds = [&](std::string_view line) {
    EXPECT_NE(page.find(line), page.npos) << line << "\n" << page;
  };
  holds("# sample\n\nOne field of every kind.\n");
  holds("| `count` | How many. | `2` | must be a whole number between 1 and 16 |\n");
  holds("| `wait_ms` | How long. | 5 s | must be a time between 10 ms and 10 min,");
  holds("| `size` | How large. | 1 MiB |");
  holds("| `parts[].name` | Its name. Example: `bolt`. | required |");
  holds("| `part.key` | Opens it. Secret. |  |");
  holds("| `x.<name>` | Anything. | | any plain value |\n");
  holds("## Values of `colour`\n\n* `Red`: Warm.\n* `Green`: Calm.\n");
}

TEST(MaskSecrets, HidesThemWhereverTheyStand) {
  const Reading reading = read_yaml(
      "part: {name: a, key: hunter2}\nparts: [{key: hunter2}]\nx.password: hunter2\ntext: shown\n");
  const Value masked = mask_secrets(sample_spec().shape(), reading.documents.at(0));
  const Reading expected = read_yaml(
      "part: {name: a, key: '***'}\nparts: [{key: '***'}]\nx.password: '***'\ntext: shown\n");
  EXPECT_TRUE(same_data(masked, expected.documents.at(0)));
}

}  // namespace
}  // namespace penstock::spec
