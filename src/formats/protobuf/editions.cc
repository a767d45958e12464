#include <algorithm>
#include <array>

#include "formats/protobuf/editions_private.h"
#include "formats/protobuf/source_scan.h"

namespace penstock::protobuf {
namespace {

namespace pb = google::protobuf;

// Numbers of google/protobuf/descriptor.proto since editions exist: the member `features` of
// options, and FeatureSet.field_presence.
constexpr int kFileFeatures = 50;
constexpr int kFieldFeatures = 21;
constexpr int kFieldPresence = 1;
constexpr std::uint64_t kImplicit = 2;

/// What an option of source or a compiled one says about presence.
enum class Presence : std::uint8_t { unsaid, kept, implicit };

Presence presence_in(const pb::UninterpretedOption& option) {
  const auto& parts = option.name();
  if (parts.empty() || parts[0].name_part() != "features") return Presence::unsaid;
  std::string_view said;
  if (parts.size() == 2 && parts[1].name_part() == "field_presence") {
    said = option.identifier_value();
  } else if (option.aggregate_value().find("field_presence") != std::string::npos) {
    said = option.aggregate_value();
  }
  if (said.empty()) return Presence::unsaid;
  return said.find("IMPLICIT") != std::string_view::npos ? Presence::implicit : Presence::kept;
}

Presence presence_in(const pb::UnknownFieldSet& unknown, int features) {
  Presence found = Presence::unsaid;
  for (int i = 0; i < unknown.field_count(); ++i) {
    const pb::UnknownField& field = unknown.field(i);
    if (field.number() != features || field.type() != pb::UnknownField::TYPE_LENGTH_DELIMITED) {
      continue;
    }
    pb::UnknownFieldSet set;
    if (!set.ParseFromString(field.length_delimited())) continue;
    for (int j = 0; j < set.field_count(); ++j) {
      if (set.field(j).number() != kFieldPresence) continue;
      if (set.field(j).type() != pb::UnknownField::TYPE_VARINT) continue;
      found = set.field(j).varint() == kImplicit ? Presence::implicit : Presence::kept;
    }
  }
  return found;
}

template <class Options>
Presence presence_of(const Options& options, int features) {
  for (const auto& option : options.uninterpreted_option()) {
    if (const Presence said = presence_in(option); said != Presence::unsaid) return said;
  }
  return presence_in(options.GetReflection()->GetUnknownFields(options), features);
}

void collect(const pb::DescriptorProto& message, const std::string& scope, bool file_is_implicit,
             std::set<std::string>& implicit) {
  const std::string name = scope.empty() ? message.name() : scope + "." + message.name();
  for (const auto& field : message.field()) {
    const Presence said = presence_of(field.options(), kFieldFeatures);
    const bool is_implicit =
        said == Presence::implicit || (said == Presence::unsaid && file_is_implicit);
    if (is_implicit && !field.has_oneof_index()) implicit.insert(name + "." + field.name());
  }
  for (const auto& nested : message.nested_type()) {
    collect(nested, name, file_is_implicit, implicit);
  }
}

}  // namespace

std::optional<std::string> without_edition(std::string_view source) {
  SourceScan scan(source);
  if (scan.next() != "edition") return std::nullopt;
  std::string out(source);
  std::size_t longer = 0;  // by how much `out` is, up to here
  const auto replace = [&](std::string_view token, const std::string& by) {
    out.replace(scan.place() + longer, token.size(), by);
    longer += by.size() - token.size();
  };
  replace("edition", "syntax");
  bool is_edition = true;    // until the first semicolon
  bool is_reserved = false;  // in `reserved a, b;`
  bool begins_statement = false;
  for (std::string_view token = scan.next(); !token.empty(); token = scan.next()) {
    if (is_edition && (token.front() == '"' || token.front() == '\'')) {
      replace(token, "\"proto3\"");
    } else if (is_reserved && is_word(token) && (token.front() > '9' || token.front() < '0') &&
               token != "to" && token != "max") {
      replace(token, "\"" + std::string(token) + "\"");
    } else if (begins_statement && (token == "export" || token == "local")) {
      replace(token, std::string(token.size(), ' '));
      continue;  // a statement still begins
    } else if (begins_statement && token == "reserved") {
      is_reserved = true;
    }
    begins_statement = token == ";" || token == "{" || token == "}";
    if (begins_statement) is_edition = is_reserved = false;
  }
  return out;
}

void settle_edition(pb::FileDescriptorProto& file, std::set<std::string>& implicit) {
  file.clear_syntax();  // proto2
  const bool is_implicit = presence_of(file.options(), kFileFeatures) == Presence::implicit;
  for (const auto& message : file.message_type()) {
    collect(message, file.package(), is_implicit, implicit);
  }
}

}  // namespace penstock::protobuf
