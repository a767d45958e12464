#include "spec/path.h"

#include <fmt/format.h>

#include <charconv>

#include "spec/value.h"

namespace penstock::spec {
namespace {

/// The child that `path` names first, and `path` without that step. Null when there is none.
const Value* step_down(const Value& node, std::string_view& path) {
  if (path.starts_with('[')) {
    std::size_t index = 0;
    const auto end = path.find(']');
    const auto* list = node.get_if<Value::List>();
    if (end == path.npos || list == nullptr) return nullptr;
    std::from_chars(path.data() + 1, path.data() + end, index);
    path.remove_prefix(end + 1);
    return index < list->size() ? &(*list)[index] : nullptr;
  }
  if (path.starts_with('.')) path.remove_prefix(1);
  const auto end = std::min(path.find_first_of(".["), path.size());
  const Value* child = node.find(path.substr(0, end));
  path.remove_prefix(end);
  return child;
}

}  // namespace

std::string path_to(std::string_view parent, std::string_view key) {
  const bool plain = !key.empty() && key.find_first_of(".[]\" ") == key.npos;
  const std::string step = plain ? std::string(key) : fmt::format("\"{}\"", key);
  return parent.empty() ? step : fmt::format("{}.{}", parent, step);
}

std::string path_to(std::string_view parent, std::size_t index) {
  return fmt::format("{}[{}]", parent, index);
}

bool is_within(std::string_view inner, std::string_view outer) {
  if (!inner.starts_with(outer)) return false;
  return outer.empty() || inner.size() == outer.size() || inner[outer.size()] == '.' ||
         inner[outer.size()] == '[';
}

Place place_of(const Value& root, std::string_view path) {
  const Value* node = &root;
  Place place = root.place();
  while (!path.empty()) {
    node = step_down(*node, path);
    if (node == nullptr) break;
    place = node->place();
  }
  return place;
}

}  // namespace penstock::spec
