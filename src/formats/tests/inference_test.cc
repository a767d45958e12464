#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "formats/inference/proposal.h"
#include "formats/json/observe.h"
#include "formats/tests/golden_run.h"
#include "formats/tests/inference_case.h"
#include "formats/tests/proposed_table.h"

namespace penstock {
namespace {

namespace fs = std::filesystem;

TEST(JsonObserver, PassesOverByteOrderMarksAndFrames) {
  using namespace std::string_view_literals;
  const RecordBatch no_batch;
  JsonObserver observer({});
  Observation rows;
  for (const std::string_view message :
       {"\xEF\xBB\xBF{\"a\": 1}"sv, "\0\0\0\0\7{\"a\": 2}"sv, "\1sixteen bytes...{\"a\": 3}"sv}) {
    EXPECT_EQ(observer.observe({no_batch, 0, message}, rows), std::nullopt) << message;
  }
  EXPECT_EQ(rows.fields.known().at(0).values->numbers.integers, 3u);
  EXPECT_NE(observer.observe({no_batch, 0, "\0\0"sv}, rows), std::nullopt);
  EXPECT_NE(observer.observe({no_batch, 0, ""sv}, rows), std::nullopt);
  EXPECT_EQ(rows.records, 3u);
}

TEST(JsonObserver, KeepsToTheLimitsOfThePipe) {
  const RecordBatch no_batch;
  JsonObserver observer({.max_message_bytes = 20, .max_depth = 2});
  Observation rows;
  EXPECT_EQ(observer.observe({no_batch, 0, R"({"a": {}})"}, rows), std::nullopt);
  EXPECT_NE(observer.observe({no_batch, 0, R"({"a": [[]]})"}, rows), std::nullopt);
  EXPECT_NE(observer.observe({no_batch, 0, R"({"a": "far too long"})"}, rows), std::nullopt);
  EXPECT_EQ(rows.records, 1u);
}

class Inference : public testing::TestWithParam<fs::path> {};

TEST_P(Inference, ProposesAsWritten) {
  const InferenceCase given = read_inference_case(GetParam());
  const RecordBatch no_batch;  // JSON is not looked for in headers
  JsonObserver observer({});
  Observation rows;
  std::string unreadable;
  for (std::size_t i = 0; i < given.messages.size(); ++i) {
    const auto trouble = observer.observe({no_batch, 0, given.messages[i]}, rows);
    if (trouble) unreadable += fmt::format("unreadable {}: {}\n", i, *trouble);
  }
  const std::string actual = spelt(propose(rows)) + unreadable;
  if (std::getenv("BLESS") != nullptr) {
    std::ofstream(GetParam()) << given.given << actual;
  } else {
    EXPECT_EQ(actual, given.expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Inference, testing::ValuesIn(golden_files("inference")),
                         [](const auto& given) { return given.param.stem().string(); });

}  // namespace
}  // namespace penstock
