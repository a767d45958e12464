#include "avro_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "formats/record_decoder.h"

namespace penstock::oracle {
namespace {

using avro::Kind;
using avro::Node;

const Type* argument(const Type* type, std::size_t index) {
  return type != nullptr && index < type->arguments.size() ? &type->arguments[index] : nullptr;
}

const Type* container(const Type* type, std::string_view family) {
  if (type == nullptr) return nullptr;
  const Type& inside = bare(*type);
  return inside.is(family) ? &inside : nullptr;
}

/// Is there a type for the parts of this container?
bool opens(const Node& node, const Type* type) {
  switch (node.kind) {
    case Kind::array: return element_type(type) != nullptr;
    case Kind::map: return key_type(type) != nullptr;
    case Kind::record: return container(type, "Tuple") || container(type, "Nested");
    default: return false;
  }
}

std::string_view branch_prefix(const Node& choice) {
  return choice.inner.size() == 2 && choice.null_branch() >= 0 ? "optional " : "union ";
}

/// Reads a datum and notes the pairs.
class Walk {
 public:
  explicit Walk(std::string_view bytes) : bytes_(bytes) {}

  std::string value(const Node& node, const Type* type, std::string_view prefix = "");
  bool is_broken() const { return broken_; }
  bool is_at_end() const { return bytes_.empty(); }

  std::string lines;

 private:
  std::string scalar(const Node& node);
  std::string record(const Node& node, const Type* type);
  std::string blocks(const Node& node, const Type* type);
  std::int64_t number();
  std::string_view take(std::size_t size);
  template <class T>
  std::string real() {
    T value{};
    const std::string_view raw = take(sizeof(T));
    if (!broken_) std::memcpy(&value, raw.data(), sizeof(T));
    return fmt::format("{}", value);
  }

  std::string_view bytes_;
  bool broken_ = false;
};

std::int64_t Walk::number() {
  std::uint64_t folded = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    const std::string_view byte = take(1);
    if (broken_) return 0;
    const auto bits = static_cast<std::uint64_t>(byte.front() & 0x7F);
    broken_ = shift == 63 && bits > 1;
    folded |= bits << shift;
    if ((byte.front() & 0x80) == 0) {
      return static_cast<std::int64_t>(folded >> 1) ^ -static_cast<std::int64_t>(folded & 1);
    }
  }
  broken_ = true;
  return 0;
}

std::string_view Walk::take(std::size_t size) {
  broken_ = broken_ || size > bytes_.size();
  if (broken_) return {};
  const std::string_view taken = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return taken;
}

std::string Walk::scalar(const Node& node) {
  switch (node.kind) {
    case Kind::null: return "null";
    case Kind::boolean: {
      const std::string_view byte = take(1);
      broken_ = broken_ || (byte.front() & 0xFE) != 0;
      return broken_ ? "" : byte.front() != 0 ? "true" : "false";
    }
    case Kind::int32: {
      const std::int64_t value = number();
      broken_ = broken_ || value != static_cast<std::int32_t>(value);
      return std::to_string(value);
    }
    case Kind::int64: return std::to_string(number());
    case Kind::float32: return real<float>();
    case Kind::float64: return real<double>();
    case Kind::fixed: return quote_value(take(node.size));
    case Kind::enumeration: {
      const auto index = static_cast<std::uint64_t>(number());
      broken_ = broken_ || index >= node.symbols.size();
      return broken_ ? "" : node.symbols[index];
    }
    default: return quote_value(take(static_cast<std::size_t>(number())));
  }
}

std::string Walk::record(const Node& node, const Type* type) {
  std::string text = "{";
  for (std::size_t index = 0; index < node.fields.size() && !broken_; ++index) {
    const avro::Field& field = node.fields[index];
    text += fmt::format("{}{}: {}", index == 0 ? "" : ", ", field.name,
                        value(*field.type, part_type(type, node, index)));
  }
  return text + "}";
}

std::string Walk::blocks(const Node& node, const Type* type) {
  const bool is_map = node.kind == Kind::map;
  const Type* const inner = is_map ? value_type(type) : element_type(type);
  std::string text = is_map ? "{" : "[";
  while (!broken_) {
    std::int64_t count = number();
    if (count == 0) break;
    if (count < 0) (void)number();
    for (auto left = count < 0 ? -count : count; left > 0 && !broken_; --left) {
      if (text.size() > 1) text += ", ";
      if (is_map) {
        const std::string key = quote_value(take(static_cast<std::size_t>(number())));
        if (type != nullptr)
          lines += fmt::format("{} <- key {}\n", to_string(*key_type(type)), key);
        text += key + ": ";
      }
      text += value(*node.inner.front(), inner);
      broken_ = broken_ || text.size() > (1u << 20);
    }
  }
  return text + (is_map ? "}" : "]");
}

std::string Walk::value(const Node& node, const Type* type, std::string_view prefix) {
  if (node.kind == Kind::choice) {
    const auto branch = static_cast<std::uint64_t>(number());
    broken_ = broken_ || branch >= node.inner.size();
    return broken_ ? "<broken>" : value(*node.inner[branch], type, branch_prefix(node));
  }
  const Type* const inside = opens(node, type) ? type : nullptr;
  std::string text;
  switch (node.kind) {
    case Kind::record: text = record(node, inside); break;
    case Kind::array:
    case Kind::map: text = blocks(node, inside); break;
    default: text = scalar(node);
  }
  if (broken_) return text + "<broken>";
  if (type != nullptr) {
    lines += fmt::format("{} <- {}{} {}\n", to_string(*type), prefix, to_string(node), text);
  }
  return text;
}

/// The pairs of types, in the order of the schema.
class Pairs {
 public:
  void note(const Node& node, const Type* type, std::string_view prefix = "") {
    if (type == nullptr || std::ranges::find(open_, &node) != open_.end()) return;
    open_.push_back(&node);
    if (node.kind == Kind::choice) {
      for (const Node* branch : node.inner) note(*branch, type, branch_prefix(node));
    } else {
      lines += fmt::format("{} from {}{}\n", to_string(*type), prefix, to_string(node));
      inside(node, type);
    }
    open_.pop_back();
  }

  std::string lines;

 private:
  void inside(const Node& node, const Type* type) {
    if (!opens(node, type)) return;
    if (node.kind == Kind::array) return note(*node.inner.front(), element_type(type));
    if (node.kind == Kind::map) return note(*node.inner.front(), value_type(type));
    for (std::size_t index = 0; index < node.fields.size(); ++index) {
      note(*node.fields[index].type, part_type(type, node, index));
    }
  }

  std::vector<const Node*> open_;  // that hold the one being noted
};

}  // namespace

const Type& bare(const Type& type) {
  const bool wraps =
      type.is("Nullable") || type.is("LowCardinality") || type.is("SimpleAggregateFunction");
  return wraps && !type.arguments.empty() ? bare(type.arguments.back()) : type;
}

const Type* element_type(const Type* list) {
  if (const Type* const nested = container(list, "Nested")) return nested;
  return argument(container(list, "Array"), 0);
}
const Type* key_type(const Type* map) { return argument(container(map, "Map"), 0); }
const Type* value_type(const Type* map) { return argument(container(map, "Map"), 1); }

const Type* part_type(const Type* record, const Node& node, std::size_t field) {
  const Type* tuple = container(record, "Tuple");
  if (tuple == nullptr) tuple = container(record, "Nested");
  if (tuple == nullptr) return nullptr;
  if (tuple->names.empty()) {
    return tuple->arguments.size() == node.fields.size() ? &tuple->arguments[field] : nullptr;
  }
  for (std::size_t index = 0; index < tuple->names.size(); ++index) {
    if (node.fields[field].is_called(tuple->names[index])) return &tuple->arguments[index];
  }
  return nullptr;
}

std::vector<WantedField> wanted_fields(const Table& table) {
  std::vector<WantedField> fields;
  for (const TableColumn& column : table.columns) {
    const std::size_t dot = column.name.find('.');
    if (dot == std::string::npos) {
      fields.push_back({column.name, column.type});
      continue;
    }
    const std::string name = column.name.substr(0, dot);
    if (fields.empty() || fields.back().name != name) fields.push_back({name, {.name = "Nested"}});
    fields.back().type.names.push_back(column.name.substr(dot + 1));
    fields.back().type.arguments.push_back(column.type.arguments.front());
  }
  return fields;
}

std::string datum_text(const Node& root, std::string_view datum) {
  Walk walk(datum);
  const std::string text = walk.value(root, nullptr);
  return walk.is_broken() || walk.is_at_end() ? text : text + "<rest>";
}

bool is_whole(const Node& root, std::string_view datum) {
  Walk walk(datum);
  (void)walk.value(root, nullptr);
  return !walk.is_broken() && walk.is_at_end();
}

std::string pairs_text(const Node& root, std::string_view datum, const WantedField& wanted) {
  Walk walk(datum);
  Pairs pairs;
  for (const avro::Field& field : root.fields) {
    const bool is_wanted = pairs.lines.empty() && field.is_called(wanted.name);
    (void)walk.value(*field.type, is_wanted ? &wanted.type : nullptr);
    if (!is_wanted) continue;
    if (field.name != wanted.name) pairs.lines = "by an alias\n";
    pairs.note(*field.type, &wanted.type);
  }
  return pairs.lines + walk.lines + (walk.is_broken() ? "<broken>\n" : "");
}

}  // namespace penstock::oracle
