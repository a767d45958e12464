#include "formats/avro/json_value.h"

#include "formats/avro/blocks.h"
#include "formats/avro/deeper.h"
#include "formats/avro/logical_text.h"
#include "formats/unscaled.h"

namespace penstock::avro {
namespace {

const char* write_integer(const Node& node, Message& message, const char* at) {
  std::int64_t value = 0;
  at = read_long(message, at, value);
  if (at == nullptr) return nullptr;
  const std::string text = node.logical == Logical::none ? "" : time_text(node.logical, value);
  if (text.empty()) {
    message.json.put_int(value);
  } else {
    message.json.put_text(text);
  }
  return at;
}

template <class T>
const char* write_real(Message& message, const char* at) {
  T value{};
  std::string_view bytes;
  at = read_bytes(message, at, sizeof(value), bytes);
  if (at == nullptr) return nullptr;
  std::memcpy(&value, bytes.data(), sizeof(value));
  message.json.put_real(value);
  return at;
}

const char* write_boolean(Message& message, const char* at) {
  bool value = false;
  at = read_boolean(message, at, value);
  if (at != nullptr) message.json.put_bool(value);
  return at;
}

const char* write_bytes(const Node& node, Message& message, const char* at) {
  std::string_view bytes;
  at = node.kind == Kind::fixed ? read_bytes(message, at, node.size, bytes)
                                : read_text(message, at, bytes);
  if (at == nullptr) return nullptr;
  if (node.logical == Logical::decimal) {
    if (bytes.size() > kMostDecimalBytes) return message.too_large(at, kLongDecimal);
    message.json.put_number(Unscaled{bytes}.spell(node.scale));
  } else if (node.logical == Logical::uuid && node.kind == Kind::fixed) {
    const auto text = uuid_text(bytes);
    message.json.put_text({text.data(), text.size()});
  } else if (node.logical == Logical::duration) {
    message.json.put_text(duration_text(bytes));
  } else {
    message.json.put_text(bytes);
  }
  return at;
}

const char* write_symbol(const Node& node, Message& message, const char* at) {
  std::size_t symbol = 0;
  at = read_index(message, at, node.symbols.size(), symbol);
  if (at != nullptr) message.json.put_text(node.symbols[symbol]);
  return at;
}

const char* write_branch(const Node& node, Message& message, const char* at) {
  std::size_t branch = 0;
  at = read_index(message, at, node.inner.size(), branch);
  return at == nullptr ? nullptr : write_json(*node.inner[branch], message, at);
}

const char* write_record(const Node& node, Message& message, const char* at) {
  message.json.begin_object();
  for (const Field& field : node.fields) {
    message.json.put_key(field.name);
    at = write_json(*field.type, message, at);
    if (at == nullptr) return nullptr;
  }
  message.json.end_object();
  return at;
}

const char* write_elements(const Node& node, Message& message, const char* at) {
  const Node& element = *node.inner.front();
  const bool is_map = node.kind == Kind::map;
  const bool is_empty = !is_map && element.width == std::size_t{0};
  return read_blocks(message, at, is_empty, [&](const char* next) -> const char* {
    if (is_map) {
      std::string_view key;
      next = read_text(message, next, key);
      if (next == nullptr) return nullptr;
      message.json.put_key(key);
    }
    return write_json(element, message, next);
  });
}

const char* write_array(const Node& node, Message& message, const char* at) {
  message.json.begin_array();
  at = write_elements(node, message, at);
  message.json.end_array();
  return at;
}

const char* write_map(const Node& node, Message& message, const char* at) {
  message.json.begin_object();
  at = write_elements(node, message, at);
  message.json.end_object();
  return at;
}

}  // namespace

const char* write_json(const Node& node, Message& message, const char* at) {
  const Deeper deeper(message);
  if (deeper.is_too_deep()) return deeper.refuse(at);
  if (message.json.text().size() > message.max_json_bytes) {
    return message.too_large(at, "a value is longer as JSON than a message may be");
  }
  switch (node.kind) {
    case Kind::null: message.json.put_null(); return at;
    case Kind::boolean: return write_boolean(message, at);
    case Kind::int32:
    case Kind::int64: return write_integer(node, message, at);
    case Kind::float32: return write_real<float>(message, at);
    case Kind::float64: return write_real<double>(message, at);
    case Kind::bytes:
    case Kind::string:
    case Kind::fixed: return write_bytes(node, message, at);
    case Kind::enumeration: return write_symbol(node, message, at);
    case Kind::record: return write_record(node, message, at);
    case Kind::array: return write_array(node, message, at);
    case Kind::map: return write_map(node, message, at);
    case Kind::choice: return write_branch(node, message, at);
  }
  return nullptr;
}

}  // namespace penstock::avro
