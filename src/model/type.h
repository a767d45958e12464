#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace penstock {

/// A ClickHouse type as a tree: Map(String, Array(Nullable(Decimal(9, 2)))).
///
/// `arguments` are the inner types. What is not a type is text: `literals` holds
/// numbers, time zones and enum entries as written ("9", "'UTC'", "'a' = 1");
/// `names` the element names of a named Tuple or Nested, else empty.
struct Type {
  std::string name;
  std::vector<Type> arguments;
  std::vector<std::string> names;
  std::vector<std::string> literals;

  bool is(std::string_view other) const { return name == other; }
  bool operator==(const Type&) const = default;
};

/// Reads a type as ClickHouse spells it in system.columns; blanks between tokens
/// do not matter. Errors: pipe.mapping with the place of the first bad token.
Result<Type> parse_type(std::string_view text);

/// The inverse, in ClickHouse's own spelling.
std::string to_string(const Type& type);

/// The same type where every DateTime and DateTime64 that names no zone names this one.
Type in_time_zone(Type type, std::string_view zone);

/// What stands between the quotes of a literal ("'UTC'" gives "UTC"), with
/// ClickHouse's escapes resolved. A literal without quotes comes back as it is.
std::string unquote(std::string_view literal);

}  // namespace penstock
