#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "random_avro.h"

namespace penstock::oracle {
namespace {

using Json = nlohmann::json;

Json logical(std::string_view type, std::string_view name) {
  return {{"type", type}, {"logicalType", name}};
}

/// What both sides take for columns whose type begins so; words that are no types are drawn.
struct Usual {
  std::string_view family;
  std::vector<Json> types;
};

const std::vector<Usual>& usual_types() {
  static const std::vector<Usual> kUsual = {
      {"Int8", {"int", "int", "long", "boolean"}},
      {"Int16", {"int", "long"}},
      {"Int32", {"int", "long"}},
      {"Int64", {"long", "int"}},
      {"UInt8", {"int", "int", "long", "boolean"}},
      {"UInt16", {"int", "long"}},
      {"UInt32", {"long", "int"}},
      {"UInt64", {"long", "int"}},
      {"Int", {"fixed"}},
      {"UInt", {"fixed"}},
      {"Float", {"float", "double", "int", "long"}},
      {"BFloat16", {"float", "double"}},
      {"Bool", {"boolean"}},
      {"UUID", {logical("string", "uuid"), "string"}},
      {"DateTime64", {"timestamp"}},
      {"DateTime", {"long", "int"}},
      {"Date", {logical("int", "date"), logical("int", "date"), "int"}},
      {"Decimal", {"decimal"}},
      {"IPv4", {"long", "int"}},
      {"IPv6", {"fixed"}},
      {"Enum", {"enum"}},
      {"FixedString", {"string", "bytes", "fixed"}},
      {"", {"string", "string", "bytes", "enum", "fixed"}},
  };
  return kUsual;
}

const std::vector<Json>& all_types() {
  static const std::vector<Json> kAll = {"null",
                                         "boolean",
                                         "int",
                                         "long",
                                         "float",
                                         "double",
                                         "string",
                                         "string",
                                         "bytes",
                                         "enum",
                                         "fixed",
                                         "decimal",
                                         "timestamp",
                                         "list",
                                         "array",
                                         "map",
                                         "record",
                                         "union",
                                         logical("int", "date"),
                                         logical("int", "time-millis"),
                                         logical("long", "time-micros"),
                                         logical("long", "local-timestamp-millis"),
                                         logical("long", "local-timestamp-micros"),
                                         logical("long", "local-timestamp-nanos"),
                                         logical("string", "uuid"),
                                         "uuid",
                                         "duration",
                                         logical("string", "date")};
  return kAll;
}

class SchemaWriter {
 public:
  explicit SchemaWriter(Random& random)
      : random_(random), odd_percent_(random.chance(30) ? 25 : 0) {}

  Json root(const std::vector<WantedField>& wanted);

 private:
  Json fitting(const Type& wrapped, int depth);
  Json container(const Type& type, int depth);
  Json any(const Type& type, int depth);
  Json drawn(const Json& word, const Type& type, int depth);
  Json record(const Type& tuple, int depth);
  Json decimal(const Type& type);
  Json enumeration(const Type& type);
  Json several(const Type& type, int depth);
  Json timestamp(const Type& type);
  Json fixed(std::size_t size, Json more = Json::object()) {
    more.update({{"type", "fixed"}, {"name", new_name()}, {"size", size}});
    return more;
  }
  std::size_t fixed_size(const Type& type);
  Json list();
  std::string new_name() { return fmt::format("N{}", ++names_); }
  template <class List>
  void shuffle(List& list) {
    for (std::size_t at = list.size(); at > 1; --at)
      std::swap(list[at - 1], list[random_.below(at)]);
  }

  Random& random_;
  const unsigned odd_percent_;  // of the types
  int names_ = 0;
};

/// Numbers among the type's arguments: Decimal(9, 2) has 9 and 2, DateTime('UTC') has none.
std::size_t number_in(const Type& type, std::size_t index, std::size_t otherwise) {
  const bool is_there = index < type.literals.size() && type.literals[index].front() >= '0' &&
                        type.literals[index].front() <= '9';
  return is_there ? std::stoul(type.literals[index]) : otherwise;
}

Json SchemaWriter::list() {
  const std::string name = new_name();
  const Json next = {"null", name};
  return {{"type", "record"},
          {"name", name},
          {"fields", {{{"name", "v"}, {"type", "int"}}, {{"name", "next"}, {"type", next}}}}};
}

Json SchemaWriter::decimal(const Type& type) {
  std::size_t precision = number_in(type, 0, 1 + random_.below(40));
  std::size_t scale = number_in(type, 1, random_.below(precision + 1));
  if (random_.chance(odd_percent_)) {
    precision = 1 + random_.below(76);
    scale = random_.below(precision + 1);
  }
  const Json states = {{"logicalType", "decimal"}, {"precision", precision}, {"scale", scale}};
  const auto width = static_cast<std::size_t>(std::ceil((double(precision) * 3.3220 + 1) / 8));
  if (random_.chance(40)) return fixed(width, states);
  Json bytes = states;
  bytes["type"] = "bytes";
  return bytes;
}

/// Names that Avro allows, unless the table is odd.
Json SchemaWriter::enumeration(const Type& type) {
  std::vector<std::string> symbols;
  for (const std::string& literal :
       type.is("Enum8") || type.is("Enum16") ? type.literals : std::vector<std::string>()) {
    const std::string name = unquote(literal.substr(0, literal.rfind(" = ")));
    const bool is_word = std::ranges::all_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
    if ((is_word && !name.empty()) || random_.chance(odd_percent_)) symbols.push_back(name);
  }
  if (symbols.empty() || random_.chance(odd_percent_)) symbols.emplace_back("OTHER");
  shuffle(symbols);
  return {{"type", "enum"}, {"name", new_name()}, {"symbols", symbols}};
}

Json SchemaWriter::timestamp(const Type& type) {
  constexpr std::string_view kUnits[] = {"millis", "micros", "nanos"};
  const std::size_t digits = type.is("DateTime64") ? number_in(type, 0, 3) : 1;
  const std::string_view unit = digits > 0 && digits % 3 == 0 && !random_.chance(odd_percent_)
                                    ? kUnits[digits / 3 - 1]
                                    : random_.pick(kUnits);
  return logical("long", fmt::format("timestamp-{}", unit));
}

std::size_t SchemaWriter::fixed_size(const Type& type) {
  if (type.is("FixedString")) return number_in(type, 0, 1);
  if (type.name.ends_with("256")) return 32;
  if (type.is("IPv6") || type.name.ends_with("128")) return 16;
  if (type.is("UUID")) return random_.chance(50) ? 36 : 16;
  return 1 + random_.below(19);
}

Json SchemaWriter::several(const Type& type, int depth) {
  Json branches = Json::array();
  for (const std::string_view name : {"null", "boolean", "long", "double", "string"}) {
    if (random_.chance(30)) branches.push_back(name);
  }
  const Json other = type.is("Variant") && !type.arguments.empty()
                         ? container(random_.pick(type.arguments), depth - 1)
                         : container(type, depth - 1);
  const bool is_new = other.is_object() && other.contains("name");
  if (is_new || branches.empty()) branches.push_back(other);
  shuffle(branches);
  return branches;
}

Json SchemaWriter::record(const Type& tuple, int depth) {
  Json fields = Json::array();
  for (std::size_t index = 0; index < tuple.arguments.size(); ++index) {
    const std::string name = tuple.names.empty() ? fmt::format("f{}", index) : tuple.names[index];
    if (random_.chance(odd_percent_ / 4)) continue;
    fields.push_back({{"name", name}, {"type", fitting(tuple.arguments[index], depth)}});
  }
  if (random_.chance(odd_percent_ / 4)) {
    fields.push_back({{"name", "more"}, {"type", any({.name = "String"}, depth - 1)}});
  }
  if (random_.chance(30)) shuffle(fields);
  return {{"type", "record"}, {"name", new_name()}, {"fields", fields}};
}

Json SchemaWriter::drawn(const Json& type_or_word, const Type& type, int depth) {
  if (!type_or_word.is_string()) return type_or_word;
  const auto word = type_or_word.get<std::string>();
  if (word == "enum") return enumeration(type);
  if (word == "fixed") return fixed(fixed_size(type));
  if (word == "uuid") return fixed(16, {{"logicalType", "uuid"}});
  if (word == "duration") return fixed(12, {{"logicalType", "duration"}});
  if (word == "decimal") return decimal(type);
  if (word == "timestamp") return timestamp(type);
  if (word == "list") return list();
  if (word == "union") return several(type, depth);
  if (word == "array") return {{"type", "array"}, {"items", fitting(type, depth - 1)}};
  if (word == "map") return {{"type", "map"}, {"values", fitting(type, depth - 1)}};
  if (word == "record")
    return record({.name = "Tuple", .arguments = {type}, .names = {"x"}}, depth - 1);
  return word;
}

Json SchemaWriter::any(const Type& type, int depth) {
  const Json word = random_.pick(all_types());
  return drawn(depth > 0 ? word : Json("int"), type, depth);
}

Json SchemaWriter::container(const Type& type, int depth) {
  if (type.is("Array")) {
    return {{"type", "array"}, {"items", fitting(type.arguments.at(0), depth)}};
  }
  if (type.is("Map")) return {{"type", "map"}, {"values", fitting(type.arguments.at(1), depth)}};
  if (type.is("Tuple")) return record(type, depth);
  if (type.is("Nested")) return {{"type", "array"}, {"items", record(type, depth)}};
  if (type.is("Variant")) return several(type, depth);
  const auto usual = std::ranges::find_if(
      usual_types(), [&](const Usual& one) { return type.name.starts_with(one.family); });
  return drawn(random_.pick(usual->types), type, depth);
}

Json SchemaWriter::fitting(const Type& wrapped, int depth) {
  const Type& type = bare(wrapped);
  if (random_.chance(odd_percent_)) return any(type, depth);
  const Json schema = container(type, depth);
  const bool is_nullable = to_string(wrapped).find("Nullable") == 0;
  if (schema.is_array() || !random_.chance(is_nullable ? 70 : 8)) return schema;
  return random_.chance(80) ? Json{"null", schema} : Json{schema, "null"};
}

Json SchemaWriter::root(const std::vector<WantedField>& wanted) {
  constexpr int kDepth = 3;
  Json fields = Json::array();
  for (const WantedField& field : wanted) {
    if (random_.chance(4)) continue;
    Json written = {{"name", field.name}, {"type", fitting(field.type, kDepth)}};
    if (random_.chance(2)) {
      written["name"] = "renamed_" + field.name;
      written["aliases"] = {"other", field.name};
    }
    fields.push_back(written);
  }
  if (random_.chance(15)) {
    fields.push_back({{"name", "unknown"}, {"type", any({.name = "String"}, kDepth)}});
  }
  if (random_.chance(20)) shuffle(fields);
  return {{"type", "record"}, {"name", "Root"}, {"fields", fields}};
}

}  // namespace

std::string random_avro_schema(const std::vector<WantedField>& wanted, Random& random) {
  return SchemaWriter(random).root(wanted).dump();
}

}  // namespace penstock::oracle
