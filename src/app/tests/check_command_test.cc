#include "app/check_command.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace penstock {
namespace {

namespace fs = std::filesystem;

fs::path source_dir() {
  const char* root = std::getenv("PENSTOCK_SOURCE_DIR");
  return root ? root : ".";
}

struct Outcome {
  int code;
  std::string out;
};

Outcome check(const std::vector<std::string>& files) {
  std::vector<std::string> paths;
  for (const std::string& file : files) paths.push_back((source_dir() / file).string());
  std::ostringstream out;
  const int code = check_command(
      paths, false, [](std::string_view) { return std::nullopt; }, out);
  // Paths as a person in the source tree would have written them.
  std::string text = out.str();
  const std::string prefix = source_dir().string() + "/";
  for (auto at = text.find(prefix); at != text.npos; at = text.find(prefix)) {
    text.erase(at, prefix.size());
  }
  return {code, text};
}

TEST(CheckCommand, SaysOkOfEveryCleanFile) {
  const Outcome outcome = check({"examples/events.yaml"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "examples/events.yaml: ok\n");
}

TEST(CheckCommand, PrintsEveryProblemOfTheBrokenDocument) {
  std::ostringstream expected;
  expected << std::ifstream(source_dir() / "tests/golden/documents/broken.expect").rdbuf();
  const Outcome outcome = check({"tests/golden/documents/broken.yaml"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, expected.str());
}

TEST(CheckCommand, ChecksAllFilesThoughOneCannotBeRead) {
  const Outcome outcome = check({"examples/none.yaml", "examples/events.json"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out,
            "examples/none.yaml: cannot be read: No such file or directory\n"
            "examples/events.json: ok\n1 problem\n");
}

TEST(CheckCommand, OffersSchemaAndReferenceOfTheWholeDocument) {
  for (const char* key : {"brokers", "tableDefinition", "fieldMappings", "max_insert_rows"}) {
    EXPECT_NE(pipe_document_schema().find(key), std::string::npos) << key;
    EXPECT_NE(pipe_document_reference().find(key), std::string::npos) << key;
  }
}

}  // namespace
}  // namespace penstock
