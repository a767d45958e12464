#include "formats/avro/skip.h"

#include "formats/avro/blocks.h"
#include "formats/avro/deeper.h"

namespace penstock::avro {
namespace {

const char* skip_bytes(Message& message, const char* at, std::size_t size) {
  if (size > message.left(at)) return message.broken(at, "it ends inside a value");
  return at + size;
}

const char* skip_number(Message& message, const char* at) {
  std::int64_t number = 0;
  return read_long(message, at, number);
}

const char* skip_text(Message& message, const char* at) {
  std::string_view text;
  return read_text(message, at, text);
}

const char* skip_elements(const Node& node, Message& message, const char* at) {
  const Node& element = *node.inner.front();
  const bool is_map = node.kind == Kind::map;
  const bool is_empty = !is_map && element.width == std::size_t{0};
  return read_blocks<true>(message, at, is_empty, [&](const char* next) {
    if (is_map) next = skip_text(message, next);
    return next == nullptr ? nullptr : skip_value(element, message, next);
  });
}

const char* skip_fields(const Node& node, Message& message, const char* at) {
  for (const Field& field : node.fields) {
    at = skip_value(*field.type, message, at);
    if (at == nullptr) return nullptr;
  }
  return at;
}

const char* skip_branch(const Node& node, Message& message, const char* at) {
  std::size_t branch = 0;
  at = read_index(message, at, node.inner.size(), branch);
  return at == nullptr ? nullptr : skip_value(*node.inner[branch], message, at);
}

}  // namespace

const char* skip_value(const Node& node, Message& message, const char* at) {
  if (node.width) return skip_bytes(message, at, *node.width);
  const Deeper deeper(message);
  if (deeper.is_too_deep()) return deeper.refuse(at);
  switch (node.kind) {
    case Kind::int32:
    case Kind::int64:
    case Kind::enumeration: return skip_number(message, at);
    case Kind::bytes:
    case Kind::string: return skip_text(message, at);
    case Kind::array:
    case Kind::map: return skip_elements(node, message, at);
    case Kind::record: return skip_fields(node, message, at);
    case Kind::choice: return skip_branch(node, message, at);
    default: return skip_bytes(message, at, node.width.value_or(0));
  }
}

void SkipRun::add(const Node& node) {
  const bool is_number = node.kind == Kind::int32 || node.kind == Kind::int64;
  const bool is_text = node.kind == Kind::bytes || node.kind == Kind::string;
  const What what = node.width  ? What::bytes
                    : is_number ? What::numbers
                    : is_text   ? What::texts
                                : What::value;
  const std::size_t count = node.width.value_or(1);
  if (what != What::value && !steps_.empty() && steps_.back().what == what) {
    steps_.back().count += count;
  } else {
    steps_.push_back({what, count, &node});
  }
}

const char* SkipRun::pass(Message& message, const char* at) const {
  for (const Step& step : steps_) {
    switch (step.what) {
      case What::bytes: at = skip_bytes(message, at, step.count); break;
      case What::value: at = skip_value(*step.node, message, at); break;
      case What::numbers:
        for (std::size_t left = step.count; at != nullptr && left > 0; --left) {
          at = skip_number(message, at);
        }
        break;
      case What::texts:
        for (std::size_t left = step.count; at != nullptr && left > 0; --left) {
          at = skip_text(message, at);
        }
        break;
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

}  // namespace penstock::avro
