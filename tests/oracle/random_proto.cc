#include "random_proto.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::oracle {
namespace {

constexpr std::string_view kIntegers[] = {"int32",  "int64",   "uint32",  "uint64",   "sint32",
                                          "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64"};
constexpr std::string_view kOthers[] = {"bool", "float", "double", "string", "bytes"};
constexpr std::string_view kPackage = "parts";
constexpr std::string_view kWrappers[] = {"Int32",  "Int64", "UInt32", "UInt64", "Bool",
                                          "String", "Bytes", "Float",  "Double"};

bool is_identifier(std::string_view name) {
  return !name.empty() && name.front() > '9' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

const Type& without_wrapping(const Type& type) {
  const bool wraps =
      type.is("Nullable") || type.is("LowCardinality") || type.is("SimpleAggregateFunction");
  return wraps ? without_wrapping(type.arguments.back()) : type;
}

bool is_container(const Type& type) {
  return type.is("Array") || type.is("Map") || type.is("Nested");
}

/// Writes one file, and what it imports.
class Source {
 public:
  explicit Source(Random& random)
      : random_(random),
        proto3_(random.chance(65)),
        odd_(random.chance(12)),
        imports_(random.chance(20)) {}

  ProtoFiles files(const Type& row) {
    const std::string body = message("Row", row);
    ProtoFiles files;
    std::string import;
    if (!parts_.empty()) {
      const std::string text = fmt::format("{}package {};\n{}", beginning(), kPackage, parts_);
      // ClickHouse reads a file once for ever: another text needs another name.
      const std::string name = fmt::format("parts_{:x}.proto", std::hash<std::string>()(text));
      import = fmt::format("import \"{}\";\n", name);
      files.imports.emplace(name, text);
    }
    files.main = fmt::format("{}{}{}\n", beginning(), import, body);
    return files;
  }

 private:
  std::string beginning() const {
    std::string text = fmt::format("syntax = \"{}\";\n", proto3_ ? "proto3" : "proto2");
    for (const std::string_view import : {"timestamp", "duration", "wrappers"}) {
      text += fmt::format("import \"google/protobuf/{}.proto\";\n", import);
    }
    return text;
  }

  /// What stands between the braces of a message.
  struct Body {
    std::string text;
    int next_number = 1;
  };

  std::string message(std::string_view name, const Type& record);
  void add(Body& body, std::string_view name, const Type& type);
  void add_list(Body& body, std::string_view name, const Type& inner);
  void add_map(Body& body, std::string_view name, const Type& type);
  void add_single(Body& body, std::string_view name, const Type& type, bool nullable);

  /// A kind for one value of the type; what it declares goes into the body.
  std::string kind(Body& body, const Type& type);
  std::string scalar_kind(Body& body, const Type& type);
  std::string enumeration(Body& body, const Type& type);
  std::string wrapping(Body& body, const Type& type);
  std::string anything(Body& body);
  std::string well_known(std::string_view name) { return fmt::format("google.protobuf.{}", name); }
  /// Seconds and nanoseconds.
  std::string time() { return well_known(random_.chance(50) ? "Timestamp" : "Duration"); }
  std::string declared(std::string_view prefix) { return fmt::format("{}{}", prefix, ++declared_); }

  /// Puts the text of a type into the body or the other file. Gives the name for fields.
  std::string declare(Body& body, const std::string& name, const std::string& text) {
    const bool apart = imports_ && random_.chance(50);
    (apart ? parts_ : body.text) += text;
    return apart ? fmt::format("{}.{}", kPackage, name) : name;
  }

  int number(Body& body) {
    if (random_.chance(5)) body.next_number += random_.chance(50) ? 14 : 2500;
    return body.next_number++;
  }
  /// In front of a field that is no list.
  std::string_view label(bool nullable) {
    if (proto3_) return random_.chance(nullable ? 60 : 20) ? "optional " : "";
    return random_.chance(5) ? "required " : "optional ";
  }
  std::string options(std::string_view kind);

  Random& random_;
  const bool proto3_;
  const bool odd_;       // has fields of kinds that do not fit their columns
  const bool imports_;   // has types in another file
  bool in_map_ = false;  // where enums begin with 0
  int declared_ = 0;
  std::string parts_;  // of the other file
};

std::string Source::message(std::string_view name, const Type& record) {
  Body body;
  for (std::size_t index = 0; index < record.arguments.size(); ++index) {
    if (random_.chance(3)) continue;
    const std::string element =
        record.names.empty() ? fmt::format("e{}", index + 1) : record.names[index];
    if (is_identifier(element)) add(body, element, record.arguments[index]);
  }
  if (random_.chance(15)) add(body, "extra", Type{.name = "String"});
  return fmt::format("message {} {{\n{}}}\n", name, body.text);
}

std::string Source::enumeration(Body& body, const Type& type) {
  const std::string holder = declared("H");  // names of one enum are its neighbours' too
  std::string entries;
  std::vector<std::int64_t> numbers;
  const auto entry = [&](std::string_view name, std::int64_t number) {
    if (std::ranges::count(numbers, number) > 0) return;
    numbers.push_back(number);
    entries += fmt::format("{} = {}; ", name, number);
  };
  if (proto3_ && random_.chance(70)) entry("NOTHING", 0);
  for (const std::string& literal : type.literals) {
    const std::size_t equals = literal.rfind(" = ");
    if (!type.name.starts_with("Enum") || random_.chance(15)) continue;
    const std::string name = unquote(literal.substr(0, equals));
    const std::int64_t number = entries.empty() && (proto3_ || in_map_) ? 0
                                : random_.chance(50) ? std::stoll(literal.substr(equals + 3))
                                                     : random_.between(1, 40);
    if (is_identifier(name)) entry(name, number);
  }
  if (entries.empty()) entry("ZERO", 0);
  if (random_.chance(60)) entry("MANY", 100'000);
  if (random_.chance(60)) entry("MINUS", -1);
  const std::string text = fmt::format("message {} {{ enum E {{ {}}} }}\n", holder, entries);
  return declare(body, holder, text) + ".E";
}

std::string Source::anything(Body& body) {
  switch (random_.below(6)) {
    case 0: return std::string(random_.pick(kIntegers));
    case 1: return enumeration(body, Type{});
    case 2: return time();
    case 3: {
      const std::string name = declared("M");
      const Type one{.arguments = {Type{.name = "Int32"}}, .names = {"x"}};
      return declare(body, name, message(name, one));
    }
    default: return std::string(random_.pick(kOthers));
  }
}

/// Kinds from which the column's values come in practice.
std::string Source::scalar_kind(Body& body, const Type& type) {
  const std::string_view name = type.name;
  const auto one_of = [&](std::initializer_list<std::string_view> kinds) {
    return std::string(*(kinds.begin() + random_.below(kinds.size())));
  };
  const bool by_integer = random_.chance(50);
  if (name.find("Int") != name.npos && random_.chance(80))
    return one_of({kIntegers[0], kIntegers[1], kIntegers[2], kIntegers[3], kIntegers[4],
                   kIntegers[5], kIntegers[6], kIntegers[7], kIntegers[8], kIntegers[9]});
  if (name.find("Int") != name.npos && random_.chance(50)) return enumeration(body, type);
  if (name.starts_with("Float") && random_.chance(80)) return one_of({"float", "double"});
  if (name == "Bool" && random_.chance(80)) return "bool";
  if (name.starts_with("Date") && by_integer)
    return one_of({"int32", "int64", "uint32", "uint64", "sint64", "fixed32"});
  if (odd_ && name.starts_with("DateTime") && random_.chance(40)) return time();
  if (name.starts_with("Enum") && random_.chance(70)) return enumeration(body, type);
  if (name == "IPv4" && by_integer) return one_of({"uint32", "fixed32"});
  if (name.starts_with("Decimal") && by_integer)
    return one_of({"double", "int64", "sint32", "float", "uint64"});
  if (odd_ && random_.chance(20)) return anything(body);
  if (name.ends_with("String") && random_.chance(15)) {
    return std::string(random_.chance(50) ? random_.pick(kIntegers) : random_.pick(kOthers));
  }
  return random_.chance(75) ? "string" : "bytes";
}

/// A message whose only field is the list or map that cannot be repeated itself.
std::string Source::wrapping(Body& body, const Type& type) {
  const std::string name = declared("L");
  Body inner;
  add(inner, "nested", type);
  return declare(body, name, fmt::format("message {} {{\n{}}}\n", name, inner.text));
}

std::string Source::kind(Body& body, const Type& type) {
  if (odd_ && random_.chance(5)) return anything(body);
  if (is_container(type)) return wrapping(body, type);
  if (!type.is("Tuple")) return scalar_kind(body, type);
  const bool is_pair = type.names.empty() && type.arguments.size() == 2;
  if (is_pair && random_.chance(25)) return time();
  const std::string name = declared("M");
  return declare(body, name, message(name, type));
}

std::string Source::options(std::string_view kind) {
  if (proto3_ || !random_.chance(15)) return "";
  if (kind == "string" || kind == "bytes") return " [default = \"7\"]";
  if (kind == "bool") return " [default = true]";
  const bool number =
      std::ranges::count(kIntegers, kind) > 0 || kind == "float" || kind == "double";
  return number ? " [default = 7]" : "";
}

void Source::add_single(Body& body, std::string_view name, const Type& type, bool nullable) {
  if (random_.chance(nullable ? 10 : odd_ ? 3 : 0)) {
    body.text += fmt::format("{}{}Value {} = {};\n", proto3_ ? "" : "optional ",
                             well_known(random_.pick(kWrappers)), name, number(body));
    return;
  }
  const std::string of = kind(body, type);
  if (random_.chance(7)) {
    const int first = number(body);
    body.text += fmt::format("oneof {} {{ {} {} = {}; int32 {}_or = {}; }}\n", declared("o"), of,
                             name, first, name, number(body));
    return;
  }
  body.text +=
      fmt::format("{}{} {} = {}{};\n", label(nullable), of, name, number(body), options(of));
}

void Source::add_list(Body& body, std::string_view name, const Type& inner) {
  const std::string of = kind(body, inner);
  const bool packs = std::ranges::count(kIntegers, of) > 0 || of == "bool" || of == "float" ||
                     of == "double" || of.ends_with(".E");
  const std::string_view options =
      packs && random_.chance(40) ? (proto3_ ? " [packed = false]" : " [packed = true]") : "";
  body.text += fmt::format("repeated {} {} = {}{};\n", of, name, number(body), options);
}

void Source::add_map(Body& body, std::string_view name, const Type& type) {
  const Type& key = without_wrapping(type.arguments.at(0));
  const bool by_integer = key.name.find("Int") != std::string::npos || random_.chance(10);
  const std::string of_keys = by_integer ? std::string(random_.pick(kIntegers)) : "string";
  const bool was_in_map = std::exchange(in_map_, true);
  const std::string of_values = kind(body, without_wrapping(type.arguments.at(1)));
  in_map_ = was_in_map;
  body.text += fmt::format("map<{}, {}> {} = {};\n", of_keys, of_values, name, number(body));
}

void Source::add(Body& body, std::string_view name, const Type& wrapped) {
  const Type& type = without_wrapping(wrapped);
  const bool misfit = odd_ && random_.chance(5);
  if (type.is("Array") != misfit)
    return add_list(body, name,
                    without_wrapping(type.arguments.empty() ? type : type.arguments.front()));
  if (type.is("Nested")) {
    Type element = type;
    element.name = "Tuple";
    return add_list(body, name, element);
  }
  if (type.is("Map")) return add_map(body, name, type);
  add_single(body, name, type, wrapped.is("Nullable"));
}

}  // namespace

Type row_type(const Table& table) {
  Type row{.name = "Tuple"};
  for (const TableColumn& column : table.columns) {
    const std::size_t dot = column.name.find('.');
    const std::string name = column.name.substr(0, dot);
    if (dot == std::string::npos) {
      row.names.push_back(name);
      row.arguments.push_back(column.type);
      continue;
    }
    if (row.names.empty() || row.names.back() != name) {
      row.names.push_back(name);
      row.arguments.push_back({.name = "Nested"});
    }
    row.arguments.back().names.push_back(column.name.substr(dot + 1));
    row.arguments.back().arguments.push_back(column.type.arguments.at(0));
  }
  return row;
}

ProtoFiles random_proto(const Type& row, Random& random) { return Source(random).files(row); }

}  // namespace penstock::oracle
