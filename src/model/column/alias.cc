#include "model/column/alias.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace penstock {
namespace {

struct Alias {
  std::string_view name;
  std::string_view meaning;
};

// As in ClickHouse 26.7; the tuples have no names.
constexpr Alias kAliases[] = {
    {"Point", "Tuple(Float64, Float64)"},
    {"Ring", "Array(Point)"},
    {"LineString", "Array(Point)"},
    {"MultiLineString", "Array(LineString)"},
    {"Polygon", "Array(Ring)"},
    {"MultiPolygon", "Array(Polygon)"},
    {"Geometry", "Variant(LineString, MultiLineString, MultiPolygon, Point, Polygon, Ring)"},
};

}  // namespace

std::optional<Type> meaning_of(const Type& type) {
  const auto* alias = std::ranges::find(kAliases, type.name, &Alias::name);
  if (alias == std::end(kAliases)) return std::nullopt;
  return parse_type(alias->meaning).value();
}

Type travelling_type(const Type& type) {
  if (const auto meaning = meaning_of(type)) return travelling_type(*meaning);
  if (type.is("SimpleAggregateFunction") && type.arguments.size() == 1) {
    return travelling_type(type.arguments.front());
  }
  Type out = type;
  // By their own names, before those are resolved.
  if (out.is("Variant")) {
    std::ranges::sort(out.arguments, {}, [](const Type& member) { return to_string(member); });
  }
  for (Type& inner : out.arguments) inner = travelling_type(inner);
  if (!out.is("Nested")) return out;
  out.name = "Tuple";
  Type array{.name = "Array"};
  array.arguments.push_back(std::move(out));
  return array;
}

}  // namespace penstock
