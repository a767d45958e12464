#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/wire_format_lite.h>
#include <google/protobuf/wrappers.pb.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "exceptions_protobuf.h"
#include "format.h"
#include "formats/protobuf/decoder.h"
#include "formats/tests/fixed_schema.h"
#include "formats/tests/protobuf_encoder.h"
#include "marked_rows.h"
#include "random_proto.h"
#include "random_protobuf.h"

namespace penstock::oracle {
namespace {

namespace pb = google::protobuf;

/// What ClickHouse reads from Protobuf, but for wide numbers.
constexpr std::string_view kFamilies[] = {
    "Int8",        "Int16",          "Int32",
    "Int64",       "UInt8",          "UInt16",
    "UInt32",      "UInt64",         "Float32",
    "Float64",     "Bool",           "Date",
    "Date32",      "DateTime",       "DateTime64",
    "UUID",        "IPv4",           "IPv6",
    "String",      "Decimal",        "Decimal32",
    "Enum8",       "Decimal64",      "Decimal128",
    "Enum16",      "Array",          "Map",
    "Tuple",       "Nested",         "Nullable",
    "FixedString", "LowCardinality", "SimpleAggregateFunction"};

constexpr std::string_view kMessage = "Row";
constexpr std::uint32_t kMarkNumber = 536'870'911;

std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  return bytes + static_cast<char>(value);
}

/// As ClickHouse's Protobuf has messages one behind the other.
std::string with_length(std::string_view message) { return varint(message.size()).append(message); }

/// The field that makes a message one of ClickHouse's side only.
std::string mark_of(std::size_t number) { return varint(kMarkNumber << 3) + varint(number + 1); }

/// The schema with a field for the mark.
std::string with_mark(std::string schema) {
  const std::string begin = fmt::format("message {} {{", kMessage);
  return schema.insert(schema.find(begin) + begin.size(),
                       fmt::format(" optional uint64 {} = {};", kMark, kMarkNumber));
}

/// Null when the column has none; of "c0.x" it is c0.
const pb::FieldDescriptor* field_of(const pb::Descriptor& type, std::string_view column) {
  return type.FindFieldByName(std::string(column.substr(0, column.find('.'))));
}

class ProtobufFormat final : public Format {
 public:
  std::string_view name() const override { return "protobuf"; }
  std::span<const Exception> exceptions() const override { return protobuf_exceptions(); }
  Families families() const override { return kFamilies; }
  void aim_at(const Table& table, Random& random) override {
    row_ = row_type(table);
    use(random_proto(row_, random));
  }
  std::string example(const Exception& exception) override;
  std::string random_message(const Table& /*table*/, Random& random) override {
    return random_protobuf_message(*library_->make(std::string(kMessage))->GetDescriptor(), row_,
                                   random);
  }
  Result<std::unique_ptr<Decoder>> make_decoder(const Mapping& mapping) override;
  std::vector<Outcome> ask(Engine& engine, const Table& theirs,
                           const std::vector<std::string>& messages) override;
  std::string field(const std::string& message, std::string_view column) const override;
  std::string text(const std::string& message) const override;
  std::string surroundings() const override { return schema_; }

 private:
  void use(std::string schema) {
    schema_ = std::move(schema);
    library_ = std::make_unique<ProtobufEncoder>(schema_);
    asked_ = {};
  }
  clickhouse::UrlSettings reading(bool forgiving) const;
  /// `into`: a table, or some of its columns. Empty when they took the messages.
  std::string refusal_of(Engine& engine, std::string_view into, std::string_view body,
                         bool forgiving = false) const {
    return engine.refusal_of(fmt::format("INSERT INTO {} FORMAT Protobuf", into), body,
                             reading(forgiving));
  }
  Outcome ask_for(Engine& engine, const Table& marked, std::string_view body);
  std::string column_behind(Engine& engine, const Table& marked, std::string_view body,
                            std::string_view why);
  std::optional<std::string> find_taken(Engine& engine, const Table& marked,
                                        const std::vector<std::string>& messages);
  MessageNumbers ask_together(Engine& engine, const Table& marked,
                              const std::vector<std::string>& messages, const MessageNumbers& which,
                              std::vector<Outcome>& outcomes);
  /// Null when it is none.
  std::unique_ptr<pb::Message> parsed(std::string_view message) const;

  /// What does not change while a table and a schema stay.
  struct Asked {
    std::optional<Table> marked;
    Outcome of_none;  // what ClickHouse says of no message at all
  };

  Type row_;
  std::string schema_;
  Asked asked_;
  std::unique_ptr<ProtobufEncoder> library_;
};

/// A message in Protobuf's text format, or "hex 0a 01 35".
std::string ProtobufFormat::example(const Exception& exception) {
  use(std::string(exception.example_schema));
  constexpr std::string_view kHex = "hex ";
  if (!exception.example.starts_with(kHex)) {
    return library_->encode(std::string(exception.example), std::string(kMessage));
  }
  std::istringstream digits(std::string(exception.example.substr(kHex.size())));
  std::string message;
  for (int byte = 0; digits >> std::hex >> byte;) message += static_cast<char>(byte);
  return message;
}

Result<std::unique_ptr<Decoder>> ProtobufFormat::make_decoder(const Mapping& mapping) {
  auto schema = std::make_shared<FixedSchema>(
      RegisteredSchema{.type = SchemaType::protobuf, .text = schema_});
  return make_protobuf_decoder(mapping, RecordLimits{},
                               {.schemas = std::move(schema), .message = std::string(kMessage)});
}

clickhouse::UrlSettings ProtobufFormat::reading(bool forgiving) const {
  clickhouse::UrlSettings settings = {{"format_schema_source", "string"},
                                      {"format_schema", with_mark(schema_)},
                                      {"format_schema_message_name", std::string(kMessage)},
                                      {"input_format_protobuf_flatten_google_wrappers", "1"},
                                      {"date_time_input_format", "best_effort"},
                                      {"max_insert_threads", "1"}};
  if (forgiving) settings.emplace_back("input_format_allow_errors_num", "1000000000");
  return settings;
}

/// Protobuf's own schemas, of which ClickHouse's library here has none.
void write_imports(const std::filesystem::path& folder) {
  if (std::filesystem::exists(folder / "google")) return;
  std::filesystem::create_directories(folder / "google/protobuf");
  for (const auto* const type :
       {pb::Timestamp::descriptor(), pb::Duration::descriptor(), pb::Int32Value::descriptor()}) {
    std::ofstream(folder / type->file()->name()) << type->file()->DebugString();
  }
}

Outcome ProtobufFormat::ask_for(Engine& engine, const Table& marked, std::string_view body) {
  const std::string why = refusal_of(engine, marked.name, body);
  if (why.empty()) return take_rows_of_one(engine, marked);
  return {.column = column_behind(engine, marked, body, why), .why = why};
}

/// "… for inserting into column 'c1': …", which may also be a part of a column.
std::string column_in(std::string_view why) {
  constexpr std::string_view kBefore = "for inserting into column ";
  const std::size_t at = why.find(kBefore);
  if (at == why.npos) return {};
  std::string_view rest = why.substr(at + kBefore.size());
  if (rest.starts_with('\'')) rest.remove_prefix(1);
  return std::string(rest.substr(0, rest.find_first_of("' :-")));
}

/// The column it names or that is refused alone as all together were; empty when there is none.
std::string ProtobufFormat::column_behind(Engine& engine, const Table& marked,
                                          std::string_view body, std::string_view why) {
  const std::string named = column_in(why);
  for (const TableColumn& column : marked.columns) {
    if (column.name == named) return named;
  }
  for (const TableColumn& column : marked.columns) {
    const std::string one = fmt::format("{} (`{}`)", marked.name, column.name);
    const std::string refusal = refusal_of(engine, one, body);
    if (refusal.empty()) take_rows_of_one(engine, marked);
    if (refusal == why) return column.name;
  }
  return {};
}

/// What ClickHouse takes: a mark alone is refused where a field that is not there does not suit
/// its column.
std::optional<std::string> ProtobufFormat::find_taken(Engine& engine, const Table& marked,
                                                      const std::vector<std::string>& messages) {
  const auto is_taken = [&](const std::string& message) {
    const bool taken = refusal_of(engine, marked.name, with_length(message)).empty();
    if (taken) take_rows_of_one(engine, marked);
    return taken;
  };
  if (is_taken({})) return std::string();
  for (const std::string& message : messages) {
    if (parsed(message) != nullptr && is_taken(message)) return message;
  }
  return std::nullopt;
}

/// One INSERT in which the parser passes over what it refuses. Gives back the messages of which
/// it cannot tell.
MessageNumbers ProtobufFormat::ask_together(Engine& engine, const Table& marked,
                                            const std::vector<std::string>& messages,
                                            const MessageNumbers& which,
                                            std::vector<Outcome>& outcomes) {
  const auto taken = find_taken(engine, marked, messages);
  if (!taken) return which;
  std::string body;
  for (const std::size_t number : which) {
    body += with_length(messages[number]) + with_length(*taken + mark_of(number));
  }
  const bool passed = refusal_of(engine, marked.name, body, true).empty();
  const MessageNumbers unclear = take_marked_rows(engine, marked, which, outcomes);
  return passed ? unclear : which;
}

std::vector<Outcome> ProtobufFormat::ask(Engine& engine, const Table& theirs,
                                         const std::vector<std::string>& messages) {
  if (!asked_.marked) {
    write_imports(engine.schemas());
    asked_.marked = oracle::with_mark(engine, theirs);
    asked_.of_none = ask_for(engine, *asked_.marked, {});
  }
  const Table& marked = *asked_.marked;
  // What it says of no message at all it says of every one.
  if (!asked_.of_none.taken) return std::vector<Outcome>(messages.size(), asked_.of_none);
  std::vector<Outcome> outcomes(messages.size());
  MessageNumbers together;
  MessageNumbers alone;
  for (std::size_t number = 0; number < messages.size(); ++number) {
    const bool is_whole = messages.size() > 1 && parsed(messages[number]) != nullptr;
    (is_whole ? together : alone).push_back(number);
  }
  if (!together.empty()) {
    const MessageNumbers unclear = ask_together(engine, marked, messages, together, outcomes);
    alone.insert(alone.end(), unclear.begin(), unclear.end());
  }
  for (const std::size_t number : alone) {
    outcomes[number] = ask_for(engine, marked, with_length(messages[number]));
  }
  return outcomes;
}

std::unique_ptr<pb::Message> ProtobufFormat::parsed(std::string_view message) const {
  auto made = library_->make(std::string(kMessage));
  if (!made->ParsePartialFromArray(message.data(), static_cast<int>(message.size()))) {
    return nullptr;
  }
  return made;
}

std::string ProtobufFormat::field(const std::string& message, std::string_view column) const {
  const auto made = parsed(message);
  if (made == nullptr) return {};
  const auto* const field = field_of(*made->GetDescriptor(), column);
  if (field == nullptr) return {};
  const auto* const reflection = made->GetReflection();
  pb::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseShortRepeatedPrimitives(true);
  std::string text;
  const int count = field->is_repeated() ? reflection->FieldSize(*made, field)
                                         : static_cast<int>(reflection->HasField(*made, field));
  for (int index = 0; index < count; ++index) {
    std::string one;
    printer.PrintFieldValueToString(*made, field, field->is_repeated() ? index : -1, &one);
    text += (index == 0 ? "" : ", ") + one;
  }
  return text;
}

/// The fields of one value that the message gives several times: " twice: c0 c3". What Protobuf
/// reads of it does not show them.
std::string given_twice(const pb::Descriptor& type, std::string_view message) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(message.data());
  pb::io::CodedInputStream input(bytes, static_cast<int>(message.size()));
  std::map<std::string, int> times;
  while (const std::uint32_t tag = input.ReadTag()) {
    const auto* const field = type.FindFieldByNumber(static_cast<int>(tag >> 3));
    if (field != nullptr && !field->is_repeated()) ++times[field->name()];
    if (!pb::internal::WireFormatLite::SkipField(&input, tag)) break;
  }
  std::string names;
  for (const auto& [name, count] : times) names += count > 1 ? " " + name : "";
  return names.empty() ? names : " twice:" + names;
}

std::string ProtobufFormat::text(const std::string& message) const {
  if (const auto made = parsed(message)) {
    return made->ShortDebugString() + given_twice(*made->GetDescriptor(), message);
  }
  std::string text = "bytes";
  for (const char byte : message) text += fmt::format(" {:02x}", static_cast<unsigned char>(byte));
  return text;
}

}  // namespace

std::unique_ptr<Format> make_protobuf_format() {
  google::protobuf::SetLogHandler(nullptr);  // damaged messages are what it is here for
  return std::make_unique<ProtobufFormat>();
}

}  // namespace penstock::oracle
