#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "model/type.h"

namespace penstock {

/// Any text is either refused as a type or keeps its meaning: printed and read again it is
/// the same type. Throws BrokenPromise where that fails.
inline void check_type_round_trip(std::string_view text) {
  const auto type = parse_type(text);
  if (!type.ok()) {
    PENSTOCK_CHECK(type.error().code == "pipe.mapping", "a bad type is a problem of the mapping");
    return;
  }
  const std::string spelt = to_string(type.value());
  const auto again = parse_type(spelt);
  PENSTOCK_CHECK(again.ok(), "a type can be read as it is printed");
  PENSTOCK_CHECK(again.value() == type.value(), "a type keeps its meaning when printed");
  PENSTOCK_CHECK(to_string(again.value()) == spelt, "a type is printed in one way");
}

/// Spellings of every kind of argument, to be mutated.
inline std::vector<std::string> type_seeds() {
  return {
      "LowCardinality(Nullable(String))",
      "Map(String, Array(Nullable(Decimal(38, 10))))",
      "Tuple(a UInt8, `b c` Array(String), `1a` DateTime64(3, 'UTC'))",
      R"(Enum16('it\'s' = 1, 'back\\slash' = -2, 'a, b)' = 3))",
      "AggregateFunction(quantiles(0.5, 0.9), UInt64)",
      "Variant(String, Array(UInt8), Dynamic(max_types=8))",
      "JSON(max_dynamic_paths=8, `a.b` UInt32, SKIP `x.y`, SKIP REGEXP 'q,.*')",
  };
}

}  // namespace penstock
