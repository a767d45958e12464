#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "avro_pairs.h"
#include "exceptions_avro.h"
#include "format.h"
#include "formats/avro/decoder.h"
#include "formats/tests/avro_encoder.h"
#include "formats/tests/fixed_schema.h"
#include "random_avro.h"

namespace penstock::oracle {
namespace {

constexpr std::string_view kFamilies[] = {"Int8",
                                          "Int16",
                                          "Int32",
                                          "Int64",
                                          "Int128",
                                          "Int256",
                                          "UInt8",
                                          "UInt16",
                                          "UInt32",
                                          "UInt64",
                                          "UInt128",
                                          "UInt256",
                                          "Float32",
                                          "Float64",
                                          "BFloat16",
                                          "Bool",
                                          "Date",
                                          "Date32",
                                          "Time",
                                          "DateTime",
                                          "UUID",
                                          "IPv4",
                                          "IPv6",
                                          "String",
                                          "FixedString",
                                          "DateTime64",
                                          "Time64",
                                          "Decimal",
                                          "Decimal32",
                                          "Decimal64",
                                          "Decimal128",
                                          "Decimal256",
                                          "Enum8",
                                          "Enum16",
                                          "Array",
                                          "Map",
                                          "Tuple",
                                          "Nested",
                                          "Nullable",
                                          "LowCardinality",
                                          "SimpleAggregateFunction"};

const clickhouse::UrlSettings kReading = {{"input_format_avro_allow_missing_fields", "1"},
                                          {"max_insert_threads", "1"}};

/// Of the columns `n.x` and `n.y`: n.
std::string_view first_name(std::string_view column) { return column.substr(0, column.find('.')); }

/// "0A00" has two.
std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(at, 2)), nullptr, 16));
  }
  return bytes;
}

class AvroFormat final : public Format {
 public:
  std::string_view name() const override { return "avro"; }
  std::span<const Exception> exceptions() const override { return avro_exceptions(); }
  TableStyle style() const override { return {.families = kFamilies}; }
  /// Schemas are what differs most.
  std::size_t messages_per_table() const override { return 40; }

  void aim_at(const Table& table, Random& random) override {
    wanted_ = wanted_fields(table);
    set_schema(random_avro_schema(wanted_, random));
  }
  std::string example(const Exception& exception) override;
  std::string random_message(const Table& /*table*/, Random& random) override {
    return random_avro_datum(schema_->root(), wanted_, random);
  }
  Result<std::unique_ptr<Decoder>> make_decoder(const Mapping& mapping) override {
    return make_avro_decoder(mapping, RecordLimits{},
                             {.framing = AvroFraming::plain,
                              .schemas = std::make_shared<FixedSchema>(RegisteredSchema{
                                  .type = SchemaType::avro, .text = text_, .imports = {}})});
  }
  std::vector<Outcome> ask(Engine& engine, const Table& theirs,
                           const std::vector<std::string>& messages, const Likely& likely) override;
  std::string field(const std::string& message, std::string_view column) const override;
  std::string text(const std::string& message) const override {
    return datum_text(schema_->root(), message);
  }
  std::string surroundings() const override { return text_ + "\n"; }

 private:
  using Numbers = std::vector<std::size_t>;

  void set_schema(std::string text) {
    text_ = std::move(text);
    schema_.emplace(avro::schema_of(text_));
  }
  std::string refusal_of(Engine& engine, const Table& theirs, const std::string& datums,
                         std::size_t rows, std::string_view columns = "") const;
  Numbers insert(Engine& engine, const Table& theirs, const std::vector<std::string>& messages,
                 std::span<const std::size_t> which, std::vector<Outcome>& outcomes) const;
  Outcome refusal_of_column(Engine& engine, const Table& theirs, const std::string* message) const;

  std::vector<WantedField> wanted_;
  std::string text_;
  std::optional<avro::Schema> schema_;
};

/// The value of the only field, of this type; or the whole row where the schema is a record
/// named Root. "0x0A": the bytes of the row.
std::string AvroFormat::example(const Exception& exception) {
  const auto columns = parse_type(fmt::format("Tuple({})", exception.example_columns)).value();
  Table table;
  for (std::size_t index = 0; index < columns.arguments.size(); ++index) {
    table.columns.push_back({.name = columns.names[index], .type = columns.arguments[index]});
  }
  wanted_ = wanted_fields(table);
  const std::string schema(exception.example_schema);
  const bool is_row = schema.find("\"Root\"") != std::string::npos;
  constexpr std::string_view kRow =
      R"({{"type": "record", "name": "Root", "fields": [{{"name": "c0", "type": {}}}]}})";
  set_schema(is_row ? schema : fmt::format(kRow, schema));
  if (exception.example.starts_with("0x")) return bytes_of(exception.example.substr(2));
  const std::string value(exception.example);
  return avro::encode(schema_->root(), is_row ? value : fmt::format(R"({{"c0": {}}})", value));
}

/// `columns`: as if the table had no others. No rows: what is said of the schema.
std::string AvroFormat::refusal_of(Engine& engine, const Table& theirs, const std::string& datums,
                                   std::size_t rows, std::string_view columns) const {
  std::vector<avro::FileBlock> blocks;
  if (rows > 0) blocks.push_back({.rows = rows, .bytes = datums});
  return engine.refusal_of(fmt::format("INSERT INTO {} {} FORMAT Avro", theirs.name, columns),
                           avro::container_file(text_, "null", blocks), kReading);
}

/// One file, in halves when it is refused, down to single messages. Gives those it took.
AvroFormat::Numbers AvroFormat::insert(Engine& engine, const Table& theirs,
                                       const std::vector<std::string>& messages,
                                       std::span<const std::size_t> which,
                                       std::vector<Outcome>& outcomes) const {
  if (which.empty()) return {};
  std::string datums;
  for (const std::size_t number : which) datums += messages[number];
  std::string refusal = refusal_of(engine, theirs, datums, which.size());
  if (refusal.empty()) return {which.begin(), which.end()};
  if (which.size() == 1) {
    outcomes[which.front()].why = std::move(refusal);
    return {};
  }
  const std::size_t half = which.size() / 2;
  Numbers taken = insert(engine, theirs, messages, which.first(half), outcomes);
  const Numbers more = insert(engine, theirs, messages, which.subspan(half), outcomes);
  taken.insert(taken.end(), more.begin(), more.end());
  return taken;
}

/// What ClickHouse says of the first column it refuses, if any. The columns of a Nested are
/// asked together, as they are filled. No message: what it says of the schema.
Outcome AvroFormat::refusal_of_column(Engine& engine, const Table& theirs,
                                      const std::string* message) const {
  Outcome found;
  for (const WantedField& field : wanted_) {
    std::vector<std::string> names;
    for (const TableColumn& column : theirs.columns) {
      if (first_name(column.name) == field.name) names.push_back(column.name);
    }
    const std::string columns = fmt::format("(`{}`)", fmt::join(names, "`, `"));
    found.why = message == nullptr ? refusal_of(engine, theirs, {}, 0, columns)
                                   : refusal_of(engine, theirs, *message, 1, columns);
    found.column = names.front();
    if (!found.why.empty()) break;
  }
  engine.run(fmt::format("TRUNCATE TABLE {}", theirs.name));
  return found;
}

std::vector<Outcome> AvroFormat::ask(Engine& engine, const Table& theirs,
                                     const std::vector<std::string>& messages,
                                     const Likely& likely) {
  std::vector<Outcome> outcomes(messages.size());
  if (!refusal_of(engine, theirs, {}, 0).empty()) {
    std::ranges::fill(outcomes, refusal_of_column(engine, theirs, nullptr));
    return outcomes;
  }
  Numbers together;
  Numbers doubtful;
  for (std::size_t number = 0; number < messages.size(); ++number) {
    const bool is_sure = likely[number] && is_whole(schema_->root(), messages[number]);
    (is_sure ? together : doubtful).push_back(number);
  }
  Numbers taken = insert(engine, theirs, messages, together, outcomes);
  for (const std::size_t number : doubtful) {
    const Numbers one = insert(engine, theirs, messages, {&number, 1}, outcomes);
    taken.insert(taken.end(), one.begin(), one.end());
  }
  auto rows = read_rows(engine, theirs);
  engine.run(fmt::format("TRUNCATE TABLE {}", theirs.name));
  if (rows.size() != taken.size()) throw std::runtime_error("rows of ClickHouse's were lost");
  for (std::size_t index = 0; index < rows.size(); ++index) {
    outcomes[taken[index]].taken = true;
    outcomes[taken[index]].rows.push_back(std::move(rows[index]));
  }
  if (messages.size() == 1 && taken.empty()) {
    const Outcome found = refusal_of_column(engine, theirs, &messages.front());
    if (!found.why.empty()) outcomes.front() = found;
  }
  return outcomes;
}

std::string AvroFormat::field(const std::string& message, std::string_view column) const {
  const auto found = std::ranges::find(wanted_, first_name(column), &WantedField::name);
  return found == wanted_.end() ? "" : pairs_text(schema_->root(), message, *found);
}

}  // namespace

std::unique_ptr<Format> make_avro_format() { return std::make_unique<AvroFormat>(); }

}  // namespace penstock::oracle
