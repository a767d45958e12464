#include "formats/tests/avro_anything.h"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <utility>

#include "base/error_catalog.h"
#include "formats/avro/decoder.h"
#include "formats/tests/avro_encoder.h"
#include "formats/tests/exact_copy.h"
#include "model/native_text.h"

namespace penstock {
namespace {

// Short names, so that mutations of schemas hit them.
constexpr std::pair<std::string_view, std::string_view> kColumns[] = {
    {"i", "Int32"},
    {"s", "String"},
    {"d", "Decimal(18, 4)"},
    {"t", "DateTime64(3, 'Europe/Berlin')"},
    {"u", "Nullable(UUID)"},
    {"a", "Array(Nullable(Int16))"},
    {"m", "Map(String, Array(String))"},
    {"r", "Tuple(x Int8, y Tuple(z Nullable(String)))"},
    {"e", "Enum8('A' = 1, 'B' = 2)"},
    {"l", "LowCardinality(String)"},
    {"f", "Float32"},
    {"n.p", "Array(Int32)"},
    {"n.q", "Array(String)"},
    {"j", "String"},
};

constexpr std::string_view kSchema = R"({"type":"record","name":"R","fields":[
  {"name":"i","type":["null","int"]},{"name":"s","type":"bytes"},{"name":"skip","type":"double"},
  {"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":30,"scale":6}},
  {"name":"t","type":{"type":"long","logicalType":"local-timestamp-micros"}},
  {"name":"u","type":["null",{"type":"fixed","name":"U","size":16,"logicalType":"uuid"}]},
  {"name":"a","type":{"type":"array","items":["null","int"]}},
  {"name":"m","type":{"type":"map","values":{"type":"array","items":"string"}}},
  {"name":"r","type":{"type":"record","name":"X","fields":[{"name":"x","type":"int"},
    {"name":"y","type":{"type":"record","name":"Y","fields":[
      {"name":"z","type":["null","string"]}]}}]}},
  {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B","C"]}},
  {"name":"l","type":["string","long","boolean"]},{"name":"f","type":"float"},
  {"name":"n","type":{"type":"array","items":{"type":"record","name":"P","fields":[
    {"name":"q","type":"string"},{"name":"p","type":"int"}]}}},
  {"name":"j","type":{"type":"record","name":"L","fields":[{"name":"v","type":"long"},
    {"name":"nulls","type":{"type":"array","items":"null"}},
    {"name":"next","type":["null","L"]}]}}]})";

constexpr std::string_view kGood =
    R"({"i":{"int":7},"s":"s","skip":1,"d":"d","t":1709168523456789,
  "u":null,"a":[null,{"int":1}],"m":{"k":["v"]},"r":{"x":1,"y":{"z":{"string":"z"}}},"e":"B",
  "l":{"long":5},"f":1.5,"n":[{"q":"q","p":1},{"q":"r","p":2}],
  "j":{"v":1,"nulls":[null,null],"next":{"L":{"v":2,"nulls":[],"next":null}}}})";

[[noreturn]] void give_up(std::string_view what, std::string_view input) {
  std::cerr << "the Avro decoder " << what << " at: " << quote_value(input) << "\n";
  std::abort();
}

/// One schema, whatever a message names.
class OneSchema final : public SchemaSource {
 public:
  explicit OneSchema(std::string_view text)
      : schema_(std::make_shared<const RegisteredSchema>(RegisteredSchema{
            .type = SchemaType::avro, .text = std::string(text), .imports = {}})) {}
  Result<std::shared_ptr<const RegisteredSchema>> find(const SchemaName& /*name*/) override {
    return schema_;
  }

 private:
  std::shared_ptr<const RegisteredSchema> schema_;
};

Mapping all_columns() {
  Table table{.database = "default", .name = "everything"};
  for (const auto& [name, type] : kColumns) {
    table.columns.push_back({.name = std::string(name), .type = parse_type(type).value()});
  }
  return make_mapping(table, nullptr).value();
}

/// A decoder of one schema and the block it fills.
class Subject {
 public:
  Subject(const Mapping& mapping, std::string_view schema)
      : block_(Block::make(mapping.layout).value()),
        decoder_(make_avro_decoder(mapping, {.max_message_bytes = 1 << 16, .max_depth = 20},
                                   {.framing = AvroFraming::plain,
                                    .schemas = std::make_shared<OneSchema>(schema)})
                     .value()) {}

  /// How many rows it gave.
  std::size_t decode(std::string_view message) {
    const ExactCopy copy(message);
    const RecordBatch batch = batch_of_one(copy.view());
    std::vector<Reject> rejects;
    block_.clear();
    if (!decoder_->decode(batch, block_, rejects).ok()) give_up("gave up the batch", message);
    for (const Reject& reject : rejects) {
      if (!explain(reject.code)) give_up("gave a code nobody knows", message);
      if (reject.detail.empty() || reject.detail.size() > 2000) give_up("gave no detail", message);
    }
    if (!rejects.empty() && block_.rows() != 0) give_up("left rows of a refused message", message);
    check_columns(message);
    return block_.rows();
  }

 private:
  /// Reads the Native bytes back, which finds rows that only seem to be whole.
  void check_columns(std::string_view message) const {
    for (std::size_t slot = 0; slot < block_.slots().size(); ++slot) {
      const Column& column = *block_.slots()[slot].column;
      if (column.rows() != block_.rows()) give_up("left columns of unequal length", message);
      const auto rows = native_texts(block_.layout().columns[slot].type, column);
      if (rows.size() != block_.rows()) give_up("wrote another number of rows", message);
    }
  }

  Block block_;
  std::unique_ptr<Decoder> decoder_;
};

const std::string& good_datum() {
  static const std::string datum = avro::encode(avro::schema_of(kSchema).root(), kGood);
  return datum;
}

}  // namespace

void avro_anything(std::string_view input) {
  static const Mapping mapping = all_columns();
  static Subject known(mapping, kSchema);
  if (input.empty()) return;
  const bool has_schema = input.front() % 2 != 0;
  input.remove_prefix(1);
  const std::size_t end = input.find('\0');
  if (has_schema && end != std::string_view::npos) {
    Subject given(mapping, input.substr(0, end));
    given.decode(input.substr(end + 1));
    return;
  }
  if (!input.empty()) known.decode(input);
  if (known.decode(good_datum()) != 1) give_up("refused a good message afterwards", input);
}

std::vector<std::string> avro_seeds() {
  const std::string datum = good_datum();
  const std::string schema(kSchema);
  std::vector<std::string> seeds = {std::string(1, '\0') + datum,
                                    "\x01" + schema + std::string(1, '\0') + datum};
  for (const std::string_view codec : {"null", "deflate", "snappy", "zstandard"}) {
    seeds.push_back(std::string(1, '\0') +
                    avro::container_file(schema, codec, {{.rows = 2, .bytes = datum + datum}}));
  }
  return seeds;
}

}  // namespace penstock
