#include <gtest/gtest.h>

#include <utility>

#include "formats/json/decoder.h"
#include "formats/tests/golden_run.h"

namespace penstock {
namespace {

namespace fs = std::filesystem;

class JsonGolden : public testing::TestWithParam<fs::path> {};

TEST_P(JsonGolden, DecodesAsWritten) {
  const GoldenCase given = read_golden_case(GetParam());
  check_golden_case(GetParam(), given, [&given](Mapping mapping) {
    return make_json_decoder(std::move(mapping), given.limits);
  });
}

INSTANTIATE_TEST_SUITE_P(Cases, JsonGolden, testing::ValuesIn(golden_files("json")),
                         [](const auto& given) { return given.param.stem().string(); });

}  // namespace
}  // namespace penstock
