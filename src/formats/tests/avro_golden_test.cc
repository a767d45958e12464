#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "formats/avro/decoder.h"
#include "formats/avro/proposal.h"
#include "formats/tests/avro_encoder.h"
#include "formats/tests/golden_run.h"

namespace penstock {
namespace {

/// The schemas of a case; the first is the configured one, too.
class CaseSchemas final : public SchemaSource {
 public:
  explicit CaseSchemas(std::vector<std::string> texts) : texts_(std::move(texts)) {}

  Result<std::shared_ptr<const RegisteredSchema>> find(const SchemaName& name) override {
    const auto* const id = std::get_if<SchemaId>(&name);
    const std::size_t number = id == nullptr ? 1 : id->value;
    if (number == 0 || number > texts_.size()) {
      return Error{.fault = Fault::data,
                   .recovery = Recovery::isolate,
                   .code = "schema.unknown",
                   .message = "there is no schema " + to_string(name)};
    }
    return std::make_shared<const RegisteredSchema>(
        RegisteredSchema{.type = SchemaType::avro, .text = texts_[number - 1], .imports = {}});
  }

 private:
  std::vector<std::string> texts_;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// "snappy [row, row]": a file of one block.
std::string file_of(const std::string& schema, const std::string& text) {
  const std::size_t blank = text.find(' ');
  const avro::Schema read = avro::schema_of(schema);
  avro::FileBlock block;
  for (const auto& row : nlohmann::json::parse(text.substr(blank))) {
    ++block.rows;
    block.bytes += avro::encode(read.root(), row.dump());
  }
  return avro::container_file(schema, text.substr(0, blank), {block});
}

std::string encode(const GoldenCase::Record& record, const std::string& schema, bool has_id) {
  if (record.is_file) return file_of(schema, record.text);
  const std::string bytes = avro::encode(avro::schema_of(schema).root(), record.text);
  if (!has_id) return bytes;
  return std::string({'\0', '\0', '\0', '\0', static_cast<char>(record.schemas)}) + bytes;
}

constexpr std::string_view kOdd[] = {
    "dates_and_times",     // beyond 9999
    "days_and_addresses",  // beyond 9999
    "json_text",           // a decimal of more digits than its schema says
    "uuids",               // a text that is none
    "wide_numbers",        // as json_text
};

class AvroGolden : public testing::TestWithParam<std::filesystem::path> {
 protected:
  void SetUp() override {
    for (auto& record : given_.records) {
      if (!record || !(record->is_spelt || record->is_file)) continue;
      record->text = encode(*record, schemas_.at(record->schemas - 1), has_ids_);
    }
  }

  Result<std::unique_ptr<Decoder>> make_decoder(Mapping mapping) const {
    return make_avro_decoder(std::move(mapping), given_.limits,
                             {.framing = has_ids_ ? AvroFraming::registry : AvroFraming::plain,
                              .schemas = std::make_shared<CaseSchemas>(schemas_)});
  }

  GoldenCase given_ = read_golden_case(GetParam());
  const std::vector<std::string> schemas_ = lines_of(given_.schema);
  const bool has_ids_ = given_.framing == "registry";
};

TEST_P(AvroGolden, DecodesAsWritten) {
  check_golden_case(GetParam(), given_,
                    [&](Mapping mapping) { return make_decoder(std::move(mapping)); });
}

TEST_P(AvroGolden, FitsTheTableProposedForItsSchemas) {
  if (GetParam().stem() == "file_broken") return;  // its files have other schemas than the case
  std::vector<SchemaRow> all;
  for (const std::string& schema : schemas_) {
    auto rows = avro::propose_rows({.type = SchemaType::avro, .text = schema, .imports = {}}, "it");
    if (!rows.ok()) continue;
    std::ranges::move(rows.value(), std::back_inserter(all));
  }
  if (all.empty()) return;
  check_proposed_table(GetParam(), given_, propose(all), kOdd,
                       [&](Mapping mapping) { return make_decoder(std::move(mapping)); });
}

INSTANTIATE_TEST_SUITE_P(Cases, AvroGolden, testing::ValuesIn(golden_files("avro")),
                         [](const auto& given) { return given.param.stem().string(); });

}  // namespace
}  // namespace penstock
