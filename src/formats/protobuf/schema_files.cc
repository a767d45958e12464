#include <fmt/format.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <utility>

#include "formats/protobuf/base64.h"
#include "formats/protobuf/editions_private.h"
#include "formats/protobuf/schema_files_private.h"

namespace penstock::protobuf {
namespace {

namespace pb = google::protobuf;

struct KnownFile {
  std::string_view name;
  std::string_view source;
};

/// What Confluent's registry knows without references, as far as it concerns reading.
constexpr KnownFile kConfluentFiles[] = {
    {"confluent/meta.proto",
     "syntax = \"proto3\"; package confluent; message Meta { string doc = 1; "
     "map<string, string> params = 2; repeated string tags = 3; }"},
    {"confluent/type/decimal.proto",
     "syntax = \"proto3\"; package confluent.type; message Decimal { bytes value = 1; "
     "uint32 precision = 2; int32 scale = 3; }"},
};

/// Notes a parser's errors as problems of one file.
class ParserErrors final : public pb::io::ErrorCollector {
 public:
  ParserErrors(SchemaFiles& files, const std::string& name) : files_(files), name_(name) {}
  void AddError(int line, pb::io::ColumnNumber column, const std::string& message) override {
    files_.add_problem(name_, line, column, message);
  }

 private:
  SchemaFiles& files_;
  const std::string& name_;
};

bool is_text(std::string_view bytes) {
  return std::ranges::none_of(bytes, [](char c) {
    return (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == '\x7f';
  });
}

bool is_descriptor_set(const pb::FileDescriptorSet& set) {
  return set.file_size() > 0 && set.unknown_fields().empty() &&
         std::ranges::all_of(set.file(), [](const auto& file) { return file.has_name(); });
}

/// Options matter to code generators; of those that are read here only these change a type.
/// Without the others, the files that define them are not needed.
template <class Options>
void drop_options(Options& options) {
  auto& all = *options.mutable_uninterpreted_option();
  const auto kept = std::remove_if(all.begin(), all.end(), [](const auto& option) {
    const std::string& name = option.name_size() == 1 ? option.name(0).name_part() : std::string();
    return name != "allow_alias" && name != "message_set_wire_format";
  });
  all.erase(kept, all.end());
}

void drop_options(pb::EnumDescriptorProto& type) {
  drop_options(*type.mutable_options());
  for (auto& value : *type.mutable_value()) drop_options(*value.mutable_options());
}

void drop_options(pb::DescriptorProto& message) {
  drop_options(*message.mutable_options());
  for (auto& field : *message.mutable_field()) drop_options(*field.mutable_options());
  for (auto& field : *message.mutable_extension()) drop_options(*field.mutable_options());
  for (auto& oneof : *message.mutable_oneof_decl()) drop_options(*oneof.mutable_options());
  for (auto& range : *message.mutable_extension_range()) drop_options(*range.mutable_options());
  for (auto& type : *message.mutable_enum_type()) drop_options(type);
  for (auto& nested : *message.mutable_nested_type()) drop_options(nested);
}

void drop_options(pb::FileDescriptorProto& file) {
  drop_options(*file.mutable_options());
  file.clear_service();
  for (auto& field : *file.mutable_extension()) drop_options(*field.mutable_options());
  for (auto& type : *file.mutable_enum_type()) drop_options(type);
  for (auto& message : *file.mutable_message_type()) drop_options(message);
}

}  // namespace

Error unusable_schema(std::string message) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "schema.unusable",
          .message = std::move(message)};
}

Result<std::string> SchemaFiles::add(const std::string& name, std::string_view text) {
  const std::optional<std::string> decoded = from_base64(text);
  if (!decoded || is_text(*decoded)) {
    sources_[name] = decoded ? *decoded : std::string(text);
    return name;
  }
  pb::FileDescriptorSet set;
  if (set.ParseFromString(*decoded) && is_descriptor_set(set)) {
    std::string last;
    for (pb::FileDescriptorProto& file : *set.mutable_file()) {
      last = file.name();
      compiled_[last] = std::move(file);
    }
    return last;
  }
  pb::FileDescriptorProto file;
  if (!file.ParseFromString(*decoded)) {
    return unusable_schema(
        fmt::format("{}: the base64 text holds neither .proto source nor a compiled descriptor",
                    name == kMainFile ? "the schema" : name));
  }
  file.set_name(name);
  compiled_[name] = std::move(file);
  return name;
}

bool SchemaFiles::FindFileByName(const std::string& name, pb::FileDescriptorProto* file) {
  if (const auto found = compiled_.find(name); found != compiled_.end()) {
    *file = found->second;
    if (file->syntax() == "editions") settle_edition(*file, implicit_);
    return true;
  }
  if (const auto found = sources_.find(name); found != sources_.end()) {
    return parse(name, found->second, *file);
  }
  if (const auto* known = pb::DescriptorPool::generated_pool()->FindFileByName(name)) {
    known->CopyTo(file);
    return true;
  }
  const auto* known = std::ranges::find(kConfluentFiles, name, &KnownFile::name);
  if (known != std::end(kConfluentFiles)) return parse(name, std::string(known->source), *file);
  missing_ += (missing_.empty() ? "" : ", ") + name;
  return false;
}

bool SchemaFiles::parse(const std::string& name, const std::string& source,
                        pb::FileDescriptorProto& file) {
  const std::optional<std::string> rewritten = without_edition(source);
  const std::string& parsed = rewritten ? *rewritten : source;
  pb::io::ArrayInputStream stream(parsed.data(), static_cast<int>(parsed.size()));
  ParserErrors errors(*this, name);
  pb::io::Tokenizer tokenizer(&stream, &errors);
  pb::compiler::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.RecordSourceLocationsTo(&locations_[name]);
  if (!parser.Parse(&tokenizer, &file)) return false;
  file.set_name(name);
  if (rewritten) settle_edition(file, implicit_);
  drop_options(file);
  return true;
}

void SchemaFiles::AddError(const std::string& file, const std::string& element,
                           const pb::Message* descriptor, ErrorLocation location,
                           const std::string& message) {
  int line = -1;
  int column = -1;
  const auto found = locations_.find(file);
  if (found != locations_.end()) found->second.Find(descriptor, location, &line, &column);
  add_problem(file, line, column, element.empty() ? message : element + ": " + message);
}

void SchemaFiles::add_problem(const std::string& file, int line, int column,
                              const std::string& message) {
  std::string place = file == kMainFile ? "" : file;
  if (line >= 0) {
    place += fmt::format("{}line {}, column {}", place.empty() ? "" : " ", line + 1, column + 1);
  }
  if (!problems_.empty()) problems_ += "; ";
  problems_ += place.empty() ? message : place + ": " + message;
}

}  // namespace penstock::protobuf
