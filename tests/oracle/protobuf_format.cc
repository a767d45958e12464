#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/wrappers.pb.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
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
#include "readable_message.h"

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
  TableStyle style() const override { return {.families = kFamilies}; }
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
                           const std::vector<std::string>& messages, const Likely& likely) override;
  std::string field(const std::string& message, std::string_view column) const override;
  std::string text(const std::string& message) const override;
  std::string surroundings() const override {
    std::string text = schema_.main;
    for (const auto& [name, import] : schema_.imports) text += fmt::format("{}:\n{}", name, import);
    return text;
  }

 private:
  void use(ProtoFiles schema) {
    schema_ = std::move(schema);
    library_ = std::make_unique<ProtobufEncoder>(schema_.main, schema_.imports);
    asked_ = {};
  }
  clickhouse::UrlSettings reading() const;
  /// `into`: a table, or some of its columns. Empty when they took the messages.
  std::string refusal_of(Engine& engine, std::string_view into, std::string_view body) const {
    return engine.refusal_of(fmt::format("INSERT INTO {} FORMAT Protobuf", into), body, reading());
  }
  Outcome ask_for(Engine& engine, const Table& marked, std::string_view body);
  std::string column_behind(Engine& engine, const Table& marked, std::string_view body,
                            std::string_view why);
  MessageNumbers insert(Engine& engine, const Table& marked,
                        const std::vector<std::string>& messages,
                        std::span<const std::size_t> which, std::vector<Outcome>& outcomes) const;
  /// Null when it is none.
  std::unique_ptr<pb::Message> parsed(std::string_view message) const;

  /// What does not change while a table and a schema stay.
  struct Asked {
    std::optional<Table> marked;
    Outcome of_none;  // what ClickHouse says of no message at all
  };

  Type row_;
  ProtoFiles schema_;
  Asked asked_;
  std::unique_ptr<ProtobufEncoder> library_;
};

/// A message in Protobuf's text format, or "hex 0a 01 35".
std::string ProtobufFormat::example(const Exception& exception) {
  use({.main = std::string(exception.example_schema), .imports = {}});
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
  RegisteredSchema schema{.type = SchemaType::protobuf, .text = schema_.main, .imports = {}};
  for (const auto& [name, text] : schema_.imports) schema.imports.push_back({name, text});
  return make_protobuf_decoder(mapping, RecordLimits{},
                               {.schemas = std::make_shared<FixedSchema>(std::move(schema)),
                                .message = std::string(kMessage)});
}

clickhouse::UrlSettings ProtobufFormat::reading() const {
  return {{"format_schema_source", "string"},
          {"format_schema", with_mark(schema_.main)},
          {"format_schema_message_name", std::string(kMessage)},
          {"input_format_protobuf_flatten_google_wrappers", "1"},
          {"date_time_input_format", "best_effort"},
          {"max_insert_threads", "1"}};
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

/// Protobuf's own schemas, of which ClickHouse's library here has none.
void write_known_imports(const std::filesystem::path& folder) {
  if (std::filesystem::exists(folder / "google")) return;
  std::filesystem::create_directories(folder / "google/protobuf");
  for (const auto* const type :
       {pb::Timestamp::descriptor(), pb::Duration::descriptor(), pb::Int32Value::descriptor()}) {
    write_file(folder / type->file()->name(), type->file()->DebugString());
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

/// The column of the table that it names; empty when there is none.
std::string named_column(const Table& table, std::string_view why) {
  const std::string named = column_in(why);
  const bool is_there = std::ranges::count(table.columns, named, &TableColumn::name) > 0;
  return is_there ? named : std::string();
}

/// The column it names or that is refused alone as all together were; empty when there is none.
std::string ProtobufFormat::column_behind(Engine& engine, const Table& marked,
                                          std::string_view body, std::string_view why) {
  std::string named = named_column(marked, why);
  if (!named.empty()) return named;
  const auto found = std::ranges::find_if(marked.columns, [&](const TableColumn& column) {
    const std::string one = fmt::format("{} (`{}`)", marked.name, column.name);
    return refusal_of(engine, one, body) == why;
  });
  engine.run(fmt::format("TRUNCATE TABLE {}", marked.name));
  return found == marked.columns.end() ? std::string() : found->name;
}

/// One INSERT, in halves when it is refused, down to single messages, each with its mark. Gives
/// those it took.
MessageNumbers ProtobufFormat::insert(Engine& engine, const Table& marked,
                                      const std::vector<std::string>& messages,
                                      std::span<const std::size_t> which,
                                      std::vector<Outcome>& outcomes) const {
  if (which.empty()) return {};
  std::string body;
  for (const std::size_t number : which) body += with_length(messages[number] + mark_of(number));
  const std::string why = refusal_of(engine, marked.name, body);
  if (why.empty()) return {which.begin(), which.end()};
  if (which.size() == 1) {
    outcomes[which.front()] = {.column = named_column(marked, why), .why = why};
    return {};
  }
  const std::size_t half = which.size() / 2;
  MessageNumbers taken = insert(engine, marked, messages, which.first(half), outcomes);
  const MessageNumbers more = insert(engine, marked, messages, which.subspan(half), outcomes);
  taken.insert(taken.end(), more.begin(), more.end());
  return taken;
}

std::vector<Outcome> ProtobufFormat::ask(Engine& engine, const Table& theirs,
                                         const std::vector<std::string>& messages,
                                         const Likely& likely) {
  if (!asked_.marked) {
    write_known_imports(engine.schemas());
    for (const auto& [name, text] : schema_.imports) write_file(engine.schemas() / name, text);
    asked_.marked = oracle::with_mark(engine, theirs);
    asked_.of_none = ask_for(engine, *asked_.marked, {});
  }
  const Table& marked = *asked_.marked;
  // What it says of no message at all it says of every one.
  if (!asked_.of_none.taken) return std::vector<Outcome>(messages.size(), asked_.of_none);
  std::vector<Outcome> outcomes(messages.size());
  MessageNumbers together;
  MessageNumbers doubtful;
  MessageNumbers alone;
  for (std::size_t number = 0; number < messages.size(); ++number) {
    const bool is_whole = messages.size() > 1 && parsed(messages[number]) != nullptr;
    (!is_whole ? alone : likely[number] ? together : doubtful).push_back(number);
  }
  MessageNumbers taken = insert(engine, marked, messages, together, outcomes);
  for (const std::size_t number : doubtful) {
    const MessageNumbers one = insert(engine, marked, messages, {&number, 1}, outcomes);
    taken.insert(taken.end(), one.begin(), one.end());
  }
  const MessageNumbers unclear = take_rows_with_marks(engine, marked, taken, outcomes);
  alone.insert(alone.end(), unclear.begin(), unclear.end());
  for (const std::size_t number : alone) {
    outcomes[number] = ask_for(engine, marked, with_length(messages[number]));
  }
  return outcomes;
}

std::unique_ptr<pb::Message> ProtobufFormat::parsed(std::string_view message) const {
  auto made = library_->make(std::string(kMessage));
  const std::string bytes = readable_message(*made->GetDescriptor(), message).bytes;
  return made->ParsePartialFromString(bytes) ? std::move(made) : nullptr;
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

std::string ProtobufFormat::text(const std::string& message) const {
  if (const auto made = parsed(message)) {
    return made->ShortDebugString() + readable_message(*made->GetDescriptor(), message).notes;
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
