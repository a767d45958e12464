#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "formats/avro/proposal.h"
#include "formats/inference/one_of.h"
#include "formats/protobuf/proposal.h"
#include "formats/tests/golden_run.h"
#include "formats/tests/inference_case.h"
#include "formats/tests/proposed_table.h"

namespace penstock {
namespace {

namespace fs = std::filesystem;

std::vector<SchemaRow> avro_rows(const InferenceCase& given) {
  std::vector<SchemaRow> all;
  for (std::size_t i = 0; i < given.schemas.size(); ++i) {
    const std::string called = "schema " + std::to_string(i + 1);
    const RegisteredSchema schema{
        .type = SchemaType::avro, .text = given.schemas[i], .imports = {}};
    auto rows = avro::propose_rows(schema, called);
    if (!rows.ok()) throw std::runtime_error(rows.error().text());
    std::ranges::move(rows.value(), std::back_inserter(all));
  }
  return all;
}

std::vector<SchemaRow> protobuf_rows(const InferenceCase& given) {
  using protobuf::OneofStyle;
  RegisteredSchema schema{.type = SchemaType::protobuf, .text = {}, .imports = {}};
  for (const std::string& line : given.schemas) schema.text += line + "\n";
  const auto style = given.oneofs == "variant"   ? OneofStyle::variant
                     : given.oneofs == "columns" ? OneofStyle::columns
                                                 : OneofStyle::tuple;
  auto row = protobuf::propose_row(
      schema, {.indexes = {}, .message = given.message, .oneofs = style}, "the schema");
  if (!row.ok()) throw std::runtime_error(row.error().text());
  return {std::move(row).value()};
}

class SchemaInference : public testing::TestWithParam<fs::path> {};

TEST_P(SchemaInference, ProposesAsWritten) {
  const InferenceCase given = read_inference_case(GetParam());
  const bool is_avro = GetParam().parent_path().filename() == "avro";
  const std::string actual = spelt(propose(is_avro ? avro_rows(given) : protobuf_rows(given)));
  if (std::getenv("BLESS") != nullptr) {
    std::ofstream(GetParam()) << given.given << actual;
  } else {
    EXPECT_EQ(actual, given.expected);
  }
}

const auto kCaseName = [](const auto& given) { return given.param.stem().string(); };
INSTANTIATE_TEST_SUITE_P(Avro, SchemaInference, testing::ValuesIn(golden_files("inference/avro")),
                         kCaseName);
INSTANTIATE_TEST_SUITE_P(Protobuf, SchemaInference,
                         testing::ValuesIn(golden_files("inference/protobuf")), kCaseName);

std::string one_of_these(std::string_view types) {
  return to_string(one_of(parse_type("Tuple(" + std::string(types) + ")").value().arguments));
}

TEST(OneOf, IsTheNarrowestTypeThatHoldsAllNumbersExactly) {
  EXPECT_EQ(one_of_these("Int32, Int64"), "Int64");
  EXPECT_EQ(one_of_these("UInt32, Int32"), "Int64");
  EXPECT_EQ(one_of_these("UInt64, Int32"), "Int128");
  EXPECT_EQ(one_of_these("Int32, Float32"), "Float64");
  EXPECT_EQ(one_of_these("Int64, Float64"), "Variant(Float64, Int64)");
  EXPECT_EQ(one_of_these("Int32, Int64, Float32"), "Variant(Float32, Int64)");
  EXPECT_EQ(one_of_these("Decimal(9, 2), Int32, Bool"), "Variant(Bool, String)");
}

TEST(OneOf, LeavesNoAlikeTypesInAVariant) {
  EXPECT_EQ(one_of_these("String, FixedString(4), LowCardinality(String)"), "String");
  EXPECT_EQ(one_of_these("Int32, LowCardinality(String)"), "Variant(Int32, String)");
  EXPECT_EQ(one_of_these("DateTime64(3, 'UTC'), DateTime64(6, 'UTC')"), "DateTime64(6, 'UTC')");
  EXPECT_EQ(one_of_these("Date32, DateTime64(6, 'UTC'), Time64(3)"), "Variant(String, Time64(3))");
  EXPECT_EQ(one_of_these("Tuple(a Int8), Tuple(b Int8), Array(Int8)"),
            "Variant(Array(Int8), JSON)");
  EXPECT_EQ(one_of_these("Dynamic, Int8"), "Dynamic");
}

}  // namespace
}  // namespace penstock
