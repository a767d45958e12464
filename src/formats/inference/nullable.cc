#include "formats/inference/nullable.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace penstock {
namespace {

constexpr std::string_view kNeverNullable[] = {"Array", "Dynamic", "Map", "Tuple", "Variant"};

}  // namespace

Type nullable(Type type) {
  if (type.is("LowCardinality")) {
    type.arguments.front() = nullable(std::move(type.arguments.front()));
    return type;
  }
  if (is_nullable(type) || std::ranges::count(kNeverNullable, type.name) != 0) return type;
  return {.name = "Nullable", .arguments = {std::move(type)}};
}

Type not_nullable(Type type) {
  if (type.is("Nullable")) return Type(std::move(type.arguments.front()));
  if (type.is("LowCardinality")) {
    type.arguments.front() = not_nullable(std::move(type.arguments.front()));
  }
  return type;
}

bool is_nullable(const Type& type) {
  return type.is("Nullable") ||
         (type.is("LowCardinality") && type.arguments.front().is("Nullable"));
}

}  // namespace penstock
