#include "random_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "formats/tests/mutation.h"
#include "model/column/alias.h"
#include "scalar_text.h"

namespace penstock::oracle {
namespace {

constexpr unsigned kBrokenPercent = 4;

bool is_json_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - from;
  };
  const std::size_t first = at;
  const std::size_t whole = digits();
  if (whole == 0 || (whole > 1 && text[first] == '0')) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

/// Writes values; one per message.
class Writer {
 public:
  explicit Writer(Random& random)
      : random_(random), breaks_lines_(random.chance(3)), escapes_(random.chance(10)) {}

  std::string value(const Type& type, int depth = 0);
  std::string quoted(std::string_view text);
  std::string blank() {
    if (!random_.chance(3)) return "";
    constexpr std::string_view kBlanks[] = {" ", "  ", "\t", "\r", "\n", "\r\n"};
    return std::string(kBlanks[random_.below(breaks_lines_ ? std::size(kBlanks) : 4)]);
  }

 private:
  std::string anything(int depth);
  std::string scalar(const Type& type);
  std::string array(const Type& inner, int depth);
  std::string map(const Type& type, int depth);
  std::string record(const Type& type, int depth);
  std::string nested(const Type& type, int depth);
  std::string object(const Type& type, int depth);

  Random& random_;
  const bool breaks_lines_;
  const bool escapes_;  // also what need not be
};

std::string Writer::quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20 || (c > 0 && escapes_ && random_.chance(5))) {
      out += c == '\n' && random_.chance(50) ? "\\n" : fmt::format("\\u{:04x}", c);
    } else if (c == '/' && random_.chance(50)) {
      out += "\\/";
    } else if (text.substr(at).starts_with("😀") && random_.chance(50)) {
      out += "\\ud83d\\uDE00";
      at += 3;
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string Writer::anything(int depth) {
  switch (random_.below(depth > 2 ? 5 : 8)) {
    case 0: return "null";
    case 1: return random_.chance(50) ? "true" : "false";
    case 2: return random_number(random_);
    case 3: return quoted(random_text(random_, 8));
    case 4: {
      constexpr std::string_view kEmpty[] = {"{}", "[]", "\"\"", "0", "[[]]"};
      return std::string(random_.pick(kEmpty));
    }
    case 5: return "[" + anything(depth + 1) + "," + blank() + anything(depth + 1) + "]";
    case 6: return "[" + anything(depth + 1) + "]";
    default:
      return "{\"x\":" + blank() + anything(depth + 1) + ",\"k\":" + anything(depth + 1) + "}";
  }
}

std::string Writer::scalar(const Type& type) {
  const std::string text = random_scalar_text(type, random_);
  const bool is_word = text == "true" || text == "false";
  const bool is_text = type.is("String") || type.is("FixedString");
  if ((is_json_number(text) || is_word) && !is_text && random_.chance(75)) return text;
  return quoted(text);
}

std::string Writer::array(const Type& inner, int depth) {
  std::string out = "[" + blank();
  for (std::size_t left = random_.below(4), all = left; left > 0; --left) {
    if (left != all) out += "," + blank();
    out += value(inner, depth + 1);
  }
  return out + blank() + "]";
}

std::string Writer::map(const Type& type, int depth) {
  std::string out = "{" + blank();
  for (std::size_t left = random_.below(4), all = left; left > 0; --left) {
    if (left != all) out += "," + blank();
    const Type& key = type.arguments.at(0);
    out +=
        quoted(random_scalar_text(key.is("LowCardinality") ? key.arguments.at(0) : key, random_));
    out += ":" + blank() + value(type.arguments.at(1), depth + 1);
  }
  return out + blank() + "}";
}

std::string Writer::record(const Type& type, int depth) {
  const bool by_name = !type.names.empty() && random_.chance(85);
  std::vector<std::string> parts;
  for (std::size_t index = 0; index < type.arguments.size(); ++index) {
    if (random_.chance(3)) continue;
    std::string element = value(type.arguments[index], depth + 1);
    if (by_name) element = quoted(type.names[index]) + ":" + blank() + element;
    parts.push_back(std::move(element));
  }
  if (by_name && random_.chance(4)) parts.push_back("\"unknown\":" + anything(depth + 1));
  if (!by_name && random_.chance(2)) parts.push_back(anything(depth + 1));
  if (by_name && random_.chance(20)) std::ranges::reverse(parts);
  return fmt::format("{}{}{}", by_name ? '{' : '[', fmt::join(parts, ","), by_name ? '}' : ']');
}

/// Mostly an array of objects; sometimes an object of arrays.
std::string Writer::nested(const Type& type, int depth) {
  Type element = type;
  element.name = "Tuple";
  if (random_.chance(90)) return array(element, depth);
  for (Type& part : element.arguments) part = Type{.name = "Array", .arguments = {part}};
  return record(element, depth);
}

/// For JSON: its typed paths ("a.b Int32" of "JSON(a.b Int32)"), nested or dotted, and others.
std::string Writer::object(const Type& type, int depth) {
  std::vector<std::string> fields;
  for (const std::string_view literal : type.literals) {
    const std::size_t blank = literal.find(' ');
    std::string path(literal.substr(0, blank));
    std::erase(path, '`');
    const std::size_t dot = path.find('.');
    const auto leaf =
        blank == literal.npos || path == "SKIP" ? Error{} : parse_type(literal.substr(blank + 1));
    if (!leaf.ok() || random_.chance(20)) continue;
    const std::string text = value(leaf.value(), depth + 1);
    fields.push_back(dot == path.npos || random_.chance(20)
                         ? quoted(path) + ":" + text
                         : fmt::format("{}:{{{}:{}}}", quoted(path.substr(0, dot)),
                                       quoted(path.substr(dot + 1)), text));
  }
  constexpr std::string_view kNames[] = {"a", "b", "k", "x", "x.y", "", "long name", "ä"};
  for (std::size_t left = random_.below(4); left > 0; --left) {
    fields.push_back(quoted(random_.pick(kNames)) + ":" + blank() + anything(depth + 1));
  }
  return fmt::format("{{{}}}", fmt::join(fields, ","));
}

std::string Writer::value(const Type& type, int depth) {
  if (random_.chance(3)) return anything(depth);
  if (random_.chance(type.is("Nullable") ? 25 : 2)) return "null";
  if (type.is("Nullable") || type.is("LowCardinality") || type.is("SimpleAggregateFunction")) {
    return value(type.arguments.back(), depth);
  }
  if (type.is("Array")) return array(type.arguments.at(0), depth);
  if (type.is("Map")) return map(type, depth);
  if (type.is("Tuple")) return record(type, depth);
  if (type.is("Nested")) return nested(type, depth);
  if (type.is("Variant")) return value(random_.pick(type.arguments), depth);
  if (type.is("Dynamic")) return anything(depth);
  if (type.is("JSON")) return object(type, depth);
  if (const auto meaning = meaning_of(type)) return value(*meaning, depth);
  return scalar(type);
}

/// Of a column's value, given once or twice.
std::vector<std::string> random_fields(std::string_view name, const TableColumn& column,
                                       Writer& writer, Random& random) {
  const unsigned times = random.chance(1) ? 2 : 1;
  std::vector<std::string> fields;
  for (unsigned time = 0; time < times; ++time) {
    const std::string key = times == 1 ? writer.quoted(name) : fmt::format("\"{}\"", name);
    fields.push_back(key + writer.blank() + ":" + writer.blank() + writer.value(column.type));
  }
  return fields;
}

/// What the table's columns are for. With `has_objects` columns such as c1.v1 and c1.v2 find it
/// in an object c1.
std::vector<std::string> random_fields(const Table& table, bool has_objects, Writer& writer,
                                       Random& random) {
  std::vector<std::string> fields;
  std::map<std::string, std::string> objects;  // what stands in them, by their keys
  for (const TableColumn& column : table.columns) {
    if (random.chance(4)) continue;
    const std::size_t dot = has_objects ? column.name.find('.') : std::string::npos;
    if (dot == std::string::npos) {
      std::ranges::move(random_fields(column.name, column, writer, random),
                        std::back_inserter(fields));
      continue;
    }
    std::string& object = objects[column.name.substr(0, dot)];
    for (const auto& field : random_fields(column.name.substr(dot + 1), column, writer, random)) {
      object += (object.empty() ? "" : "," + writer.blank()) + field;
    }
  }
  for (const auto& [key, object] : objects) {
    fields.push_back(fmt::format("{}:{{{}}}", writer.quoted(key), object));
  }
  return fields;
}

/// One object.
std::string random_row(const Table& table, Writer& writer, Random& random) {
  const bool has_paths = std::ranges::any_of(table.columns, [](const TableColumn& column) {
    return column.name.find('.') != std::string::npos;
  });
  const bool has_objects = has_paths && random.chance(60);
  std::vector<std::string> fields = random_fields(table, has_objects, writer, random);
  if (random.chance(5)) fields.push_back("\"unknown\":" + writer.value(Type{.name = "UInt64"}));
  if (random.chance(15)) std::ranges::reverse(fields);
  std::string message = writer.blank() + "{" + writer.blank();
  for (const std::string& field : fields) {
    message += (&field == fields.data() ? "" : ",") + writer.blank() + field + writer.blank();
  }
  message += "}" + writer.blank();
  return message;
}

}  // namespace

std::string random_json_message(const Table& table, Random& random) {
  Writer writer(random);
  std::string message = random_row(table, writer, random);
  if (random.chance(3)) {
    constexpr std::string_view kBetween[] = {"\n", " ", "", ",", " ,\n"};
    const std::string_view between = random.pick(kBetween);
    for (std::size_t left = 1 + random.below(3); left > 0; --left) {
      message += std::string(between) + random_row(table, writer, random);
    }
    if (between.find(',') != between.npos && random.chance(60)) message = "[" + message + "]";
  }
  return random.chance(kBrokenPercent) ? mutate({message}, random.source()) : message;
}

}  // namespace penstock::oracle
