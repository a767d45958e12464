#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "formats/protobuf/decoder.h"
#include "formats/protobuf/proposal.h"
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

RegisteredSchema schema_of(const GoldenCase& given) {
  RegisteredSchema schema{.type = SchemaType::protobuf, .text = given.schema, .imports = {}};
  for (const auto& [name, text] : given.imports) schema.imports.push_back({name, text});
  return schema;
}

constexpr std::string_view kOdd[] = {
    "confluent_decimal",  // a scale below zero
    "durations",          // seconds and nanos of different signs
    "far_timestamps",     // beyond 2262
    "timestamps",         // nanos beyond a second
};

class ProtobufGolden : public testing::TestWithParam<fs::path> {
 protected:
  void SetUp() override { encode(given_); }

  Result<std::unique_ptr<Decoder>> make_decoder(Mapping mapping) const {
    return make_protobuf_decoder(
        std::move(mapping), given_.limits,
        {.schemas = std::make_shared<FixedSchema>(schema_of(given_)), .message = given_.message});
  }

  GoldenCase given_ = read_golden_case(GetParam());
};

TEST_P(ProtobufGolden, DecodesAsWritten) {
  check_golden_case(GetParam(), given_,
                    [&](Mapping mapping) { return make_decoder(std::move(mapping)); });
}

TEST_P(ProtobufGolden, FitsTheTableProposedForItsSchema) {
  using protobuf::OneofStyle;
  for (const auto style : {OneofStyle::tuple, OneofStyle::variant, OneofStyle::columns}) {
    const auto row = protobuf::propose_row(
        schema_of(given_), {.indexes = {}, .message = given_.message, .oneofs = style}, "it");
    if (!row.ok()) continue;
    check_proposed_table(GetParam(), given_, propose({&row.value(), 1}), kOdd,
                         [&](Mapping mapping) { return make_decoder(std::move(mapping)); });
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, ProtobufGolden, testing::ValuesIn(golden_files("protobuf")),
                         [](const auto& given) { return given.param.stem().string(); });

}  // namespace
}  // namespace penstock
