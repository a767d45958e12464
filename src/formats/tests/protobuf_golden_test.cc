#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "formats/protobuf/decoder.h"
#include "formats/tests/fixed_schema.h"
#include "formats/tests/golden_run.h"
#include "formats/tests/protobuf_encoder.h"

namespace penstock {
namespace {

namespace fs = std::filesystem;

/// Replaces what is spelt in text format by the bytes it means.
void encode(GoldenCase& given) {
  std::unique_ptr<ProtobufEncoder> encoder;  // editions have none: their cases are in hex
  for (auto& record : given.records) {
    if (!record || !record->is_spelt) continue;
    if (!encoder) encoder = std::make_unique<ProtobufEncoder>(given.schema, given.imports);
    record = {.text = encoder->encode(record->text, given.message)};
  }
}

std::shared_ptr<SchemaSource> schema_of(const GoldenCase& given) {
  RegisteredSchema schema{.type = SchemaType::protobuf, .text = given.schema, .imports = {}};
  for (const auto& [name, text] : given.imports) schema.imports.push_back({name, text});
  return std::make_shared<FixedSchema>(std::move(schema));
}

class ProtobufGolden : public testing::TestWithParam<fs::path> {};

TEST_P(ProtobufGolden, DecodesAsWritten) {
  GoldenCase given = read_golden_case(GetParam());
  encode(given);
  check_golden_case(GetParam(), given, [&given](Mapping mapping) {
    return make_protobuf_decoder(std::move(mapping), given.limits,
                                 {.schemas = schema_of(given), .message = given.message});
  });
}

INSTANTIATE_TEST_SUITE_P(Cases, ProtobufGolden, testing::ValuesIn(golden_files("protobuf")),
                         [](const auto& given) { return given.param.stem().string(); });

}  // namespace
}  // namespace penstock
