#include "formats/avro/schema.h"

#include <fmt/format.h>

#include <algorithm>

#include "formats/avro/schema_parser.h"

namespace penstock::avro {
namespace {

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "boolean";
    case Kind::int32: return "int";
    case Kind::int64: return "long";
    case Kind::float32: return "float";
    case Kind::float64: return "double";
    case Kind::bytes: return "bytes";
    case Kind::string: return "string";
    case Kind::fixed: return "fixed";
    case Kind::enumeration: return "enum";
    case Kind::record: return "record";
    case Kind::array: return "array";
    case Kind::map: return "map";
    case Kind::choice: return "union";
  }
  return "unknown";
}

std::string_view name_of(Logical logical) {
  switch (logical) {
    case Logical::none: return "none";
    case Logical::decimal: return "decimal";
    case Logical::uuid: return "uuid";
    case Logical::date: return "date";
    case Logical::time_millis: return "time-millis";
    case Logical::time_micros: return "time-micros";
    case Logical::timestamp_millis: return "timestamp-millis";
    case Logical::timestamp_micros: return "timestamp-micros";
    case Logical::timestamp_nanos: return "timestamp-nanos";
    case Logical::local_timestamp_millis: return "local-timestamp-millis";
    case Logical::local_timestamp_micros: return "local-timestamp-micros";
    case Logical::local_timestamp_nanos: return "local-timestamp-nanos";
    case Logical::duration: return "duration";
  }
  return "unknown";
}

}  // namespace

bool Field::is_called(std::string_view other) const {
  return name == other || std::ranges::find(aliases, other) != aliases.end();
}

int Node::null_branch() const {
  for (std::size_t index = 0; kind == Kind::choice && index < inner.size(); ++index) {
    if (inner[index]->kind == Kind::null) return static_cast<int>(index);
  }
  return -1;
}

std::string to_string(const Node& node) {
  std::string text(name_of(node.kind));
  if (!node.name.empty()) text += fmt::format(" \"{}\"", node.name);
  if (node.logical != Logical::none) text += fmt::format(" ({})", name_of(node.logical));
  return text;
}

std::string with_article(const Node& node) {
  std::string text = to_string(node);
  if (node.kind == Kind::null) return text;
  const bool is_vowel = std::string_view("aei").find(text.front()) != std::string_view::npos;
  return (is_vowel ? "an " : "a ") + text;
}

Result<Schema> Schema::read(const RegisteredSchema& text) {
  Schema schema;
  PENSTOCK_TRY(root, parse_schema(text, schema.nodes_));
  schema.root_ = root;
  return schema;
}

}  // namespace penstock::avro
