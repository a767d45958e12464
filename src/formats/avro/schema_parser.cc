#include "formats/avro/schema_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "formats/avro/schema_width.h"

namespace penstock::avro {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostLevels = 64;
constexpr std::size_t kMostNodes = 100'000;
constexpr std::size_t kMostFixedBytes = 1u << 30;
constexpr int kMostDigits = 1000;  // of a decimal

constexpr std::array<std::pair<std::string_view, Kind>, 8> kPrimitives{{
    {"null", Kind::null},
    {"boolean", Kind::boolean},
    {"int", Kind::int32},
    {"long", Kind::int64},
    {"float", Kind::float32},
    {"double", Kind::float64},
    {"bytes", Kind::bytes},
    {"string", Kind::string},
}};

struct LogicalName {
  std::string_view name;
  Logical logical;
  Kind kind;
  std::size_t size = 0;
};
constexpr LogicalName kLogicals[] = {
    {"decimal", Logical::decimal, Kind::bytes},
    {"decimal", Logical::decimal, Kind::fixed},
    {"uuid", Logical::uuid, Kind::string},
    {"uuid", Logical::uuid, Kind::fixed, 16},
    {"date", Logical::date, Kind::int32},
    {"time-millis", Logical::time_millis, Kind::int32},
    {"time-micros", Logical::time_micros, Kind::int64},
    {"timestamp-millis", Logical::timestamp_millis, Kind::int64},
    {"timestamp-micros", Logical::timestamp_micros, Kind::int64},
    {"timestamp-nanos", Logical::timestamp_nanos, Kind::int64},
    {"local-timestamp-millis", Logical::local_timestamp_millis, Kind::int64},
    {"local-timestamp-micros", Logical::local_timestamp_micros, Kind::int64},
    {"local-timestamp-nanos", Logical::local_timestamp_nanos, Kind::int64},
    {"duration", Logical::duration, Kind::fixed, 12},
};

/// Where in the schema the parser is.
struct Place {
  std::string path;        // "$.fields[2].type"
  std::string name_space;  // of names that state none
  std::size_t depth = 0;

  Place at(std::string_view step) const {
    return {fmt::format("{}{}", path, step), name_space, depth + 1};
  }
  Place at(std::string_view list, std::size_t index) const {
    return at(fmt::format("{}[{}]", list, index));
  }
};

/// Ends the parsing.
struct Problem {
  std::string text;
};

[[noreturn]] void fail(const Place& place, std::string_view what) {
  throw Problem{fmt::format("{}: {}", place.path, what)};
}

const Json* member(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::string text_member(const Json& object, const char* key) {
  const Json* const value = member(object, key);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::string full_name(const std::string& name, const std::string& name_space) {
  const bool is_full = name.find('.') != std::string::npos;
  return is_full || name_space.empty() ? name : fmt::format("{}.{}", name_space, name);
}

class SchemaParser {
 public:
  explicit SchemaParser(std::deque<Node>& nodes) : nodes_(nodes) {}

  const Node* read_text(const std::string& text, std::string_view called) {
    Json json;
    try {
      json = Json::parse(text);
    } catch (const Json::parse_error& error) {
      throw Problem{fmt::format("{}: not JSON at byte {}", called, error.byte)};
    } catch (const Json::out_of_range&) {
      throw Problem{fmt::format("{}: a number in it is beyond every range", called)};
    }
    return read_type(json, {.path = std::string(called), .name_space = {}});
  }

 private:
  const Node* read_type(const Json& json, const Place& place) {
    if (place.depth > kMostLevels) {
      fail(place, fmt::format("the schema nests deeper than {} levels", kMostLevels));
    }
    if (nodes_.size() > kMostNodes) {
      fail(place, fmt::format("the schema has more than {} types", kMostNodes));
    }
    if (json.is_string()) return read_name(json.get<std::string>(), place);
    if (json.is_array()) return read_choice(json, place);
    if (json.is_object()) return read_object(json, place);
    fail(place, "a type is a name, an object or an array");
  }

  const Node* read_name(const std::string& name, const Place& place) {
    for (const auto& [known, kind] : kPrimitives) {
      if (known == name) return &add(kind);
    }
    for (const std::string& full : {full_name(name, place.name_space), name}) {
      if (const auto found = named_.find(full); found != named_.end()) return found->second;
    }
    fail(place, fmt::format("there is no type \"{}\"", name));
  }

  const Node* read_choice(const Json& json, const Place& place) {
    if (json.empty()) fail(place, "a union has at least one branch");
    Node& node = add(Kind::choice);
    for (std::size_t index = 0; index < json.size(); ++index) {
      const Place branch = place.at("", index);
      node.inner.push_back(read_type(json[index], branch));
      if (node.inner.back()->kind == Kind::choice) fail(branch, "a union cannot hold a union");
    }
    return &node;
  }

  const Node* read_object(const Json& json, const Place& place) {
    const Json* const type = member(json, "type");
    if (type == nullptr) fail(place, "an object needs a \"type\"");
    if (!type->is_string()) return read_type(*type, place.at(".type"));
    const std::string name = type->get<std::string>();
    if (name == "record" || name == "error") return read_record(json, place);
    if (name == "enum") return read_enumeration(json, place);
    if (name == "fixed") return read_fixed(json, place);
    if (name == "array") return read_container(Kind::array, json, "items", place);
    if (name == "map") return read_container(Kind::map, json, "values", place);
    for (const auto& [known, kind] : kPrimitives) {
      if (known != name) continue;
      Node& node = add(kind);
      read_logical(json, node);
      return &node;
    }
    return read_name(name, place.at(".type"));
  }

  const Node* read_container(Kind kind, const Json& json, const char* key, const Place& place) {
    const Json* const inner = member(json, key);
    if (inner == nullptr) fail(place, fmt::format("\"{}\" is missing", key));
    Node& node = add(kind);
    node.inner.push_back(read_type(*inner, place.at(fmt::format(".{}", key))));
    return &node;
  }

  const Node* read_record(const Json& json, const Place& place) {
    Place inside = place;
    Node& node = add_named(json, Kind::record, inside);
    const Json* const fields = member(json, "fields");
    if (fields == nullptr || !fields->is_array()) fail(place, "\"fields\" is missing");
    for (std::size_t index = 0; index < fields->size(); ++index) {
      node.fields.push_back(read_field((*fields)[index], inside.at(".fields", index)));
    }
    return &node;
  }

  Field read_field(const Json& json, const Place& place) {
    if (!json.is_object()) fail(place, "a field is an object");
    Field field{.name = text_member(json, "name")};
    if (field.name.empty()) fail(place, "a field needs a \"name\"");
    const Json* const type = member(json, "type");
    if (type == nullptr) fail(place, "a field needs a \"type\"");
    if (const Json* const aliases = member(json, "aliases"); aliases && aliases->is_array()) {
      for (const Json& alias : *aliases) {
        if (alias.is_string()) field.aliases.push_back(alias.get<std::string>());
      }
    }
    field.type = read_type(*type, place.at(".type"));
    return field;
  }

  const Node* read_enumeration(const Json& json, const Place& place) {
    Place inside = place;
    Node& node = add_named(json, Kind::enumeration, inside);
    const Json* const symbols = member(json, "symbols");
    const bool is_list = symbols != nullptr && symbols->is_array() && !symbols->empty();
    if (!is_list) fail(place, "\"symbols\" is missing");
    for (const Json& symbol : *symbols) {
      if (!symbol.is_string()) fail(place, "\"symbols\" are texts");
      node.symbols.push_back(symbol.get<std::string>());
    }
    return &node;
  }

  const Node* read_fixed(const Json& json, const Place& place) {
    Place inside = place;
    Node& node = add_named(json, Kind::fixed, inside);
    const Json* const size = member(json, "size");
    if (size == nullptr || !size->is_number_unsigned() ||
        size->get<std::uint64_t>() > kMostFixedBytes) {
      fail(place, fmt::format("\"size\" is a number from 0 to {}", kMostFixedBytes));
    }
    node.size = size->get<std::size_t>();
    read_logical(json, node);
    return &node;
  }

  void read_logical(const Json& json, Node& node) {
    const std::string name = text_member(json, "logicalType");
    const auto* const found = std::ranges::find_if(kLogicals, [&](const LogicalName& logical) {
      return logical.name == name && logical.kind == node.kind &&
             (logical.size == 0 || logical.size == node.size);
    });
    if (found == std::end(kLogicals)) return;
    if (found->logical == Logical::decimal) {
      const Json* const scale = member(json, "scale");
      const Json* const precision = member(json, "precision");
      const bool is_valid = precision != nullptr && precision->is_number_unsigned() &&
                            (scale == nullptr || scale->is_number_unsigned()) &&
                            (scale == nullptr || *scale <= *precision) && *precision <= kMostDigits;
      if (!is_valid) return;
      node.precision = precision->get<int>();
      node.scale = scale == nullptr ? 0 : scale->get<int>();
    }
    node.logical = found->logical;
  }

  /// A named type, known by its name from here on. `place` moves into its namespace.
  Node& add_named(const Json& json, Kind kind, Place& place) {
    const std::string name = text_member(json, "name");
    if (name.empty()) fail(place, "a named type needs a \"name\"");
    Node& node = add(kind);
    const Json* const name_space = member(json, "namespace");
    node.name = full_name(name, name_space != nullptr && name_space->is_string()
                                    ? name_space->get<std::string>()
                                    : place.name_space);
    const std::size_t dot = node.name.rfind('.');
    place.name_space = dot == std::string::npos ? "" : node.name.substr(0, dot);
    if (!named_.emplace(node.name, &node).second) {
      fail(place, fmt::format("type \"{}\" is defined twice", node.name));
    }
    return node;
  }

  Node& add(Kind kind) { return nodes_.emplace_back(Node{.kind = kind}); }

  std::deque<Node>& nodes_;
  std::map<std::string, const Node*, std::less<>> named_;
};

}  // namespace

Result<const Node*> parse_schema(const RegisteredSchema& schema, std::deque<Node>& nodes) {
  SchemaParser parser(nodes);
  try {
    for (const RegisteredSchema::Import& import : schema.imports) {
      (void)parser.read_text(import.text, fmt::format("import \"{}\" $", import.name));
    }
    const Node* const root = parser.read_text(schema.text, "$");
    measure_widths(nodes);
    return root;
  } catch (const Problem& problem) {
    return Error{.fault = Fault::data,
                 .recovery = Recovery::isolate,
                 .code = "schema.unusable",
                 .message = problem.text};
  }
}

}  // namespace penstock::avro
