#include "random_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace penstock::oracle {
namespace {

constexpr std::string_view kZones[] = {"UTC",           "Europe/Berlin",       "America/New_York",
                                       "Asia/Kolkata",  "Australia/Lord_Howe", "Pacific/Apia",
                                       "Asia/Kathmandu"};

/// Scalars that may be the keys of a LowCardinality, and the others.
constexpr std::string_view kKeys[] = {"Int8",    "Int16",    "Int32",   "Int64",   "Int128",
                                      "Int256",  "UInt8",    "UInt16",  "UInt32",  "UInt64",
                                      "UInt128", "UInt256",  "Float32", "Float64", "Bool",
                                      "Date",    "BFloat16", "Date32",  "Time",    "DateTime",
                                      "UUID",    "IPv4",     "IPv6",    "String",  "FixedString"};
constexpr std::string_view kOtherScalars[] = {"DateTime64", "Time64",    "Decimal",
                                              "Decimal32",  "Decimal64", "Decimal128",
                                              "Decimal256", "Enum8",     "Enum16"};
/// Values of several parts whose type names none of them.
constexpr std::string_view kWholes[] = {"Dynamic",    "JSON",    "Point",        "Ring",
                                        "LineString", "Polygon", "MultiPolygon", "MultiLineString",
                                        "Geometry"};
constexpr std::string_view kContainers[] = {"Array", "Map", "Tuple", "Nested", "Variant"};
constexpr std::string_view kWrappers[] = {"Nullable", "LowCardinality", "SimpleAggregateFunction"};

std::vector<std::string_view> joined(std::initializer_list<Families> lists) {
  std::vector<std::string_view> all;
  for (const Families list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

class Drawer {
 public:
  Drawer(Families families, Random& random) : families_(families), random_(random) {}

  std::string type(int depth);
  /// Text is what most columns are.
  std::string scalar() {
    return random_.chance(10) ? "String" : written(one_of({kKeys, kOtherScalars}));
  }
  std::string simple_aggregate();
  bool may(std::string_view family) const {
    return std::ranges::find(families_, family) != families_.end();
  }

 private:
  /// One of these that may be drawn, or String.
  std::string_view one_of(std::initializer_list<Families> lists) {
    std::vector<std::string_view> drawn = joined(lists);
    std::erase_if(drawn, [this](std::string_view family) { return !may(family); });
    return drawn.empty() ? "String" : random_.pick(drawn);
  }
  std::string zone() { return random_.chance(50) ? fmt::format("'{}'", random_.pick(kZones)) : ""; }
  std::string written(std::string_view family);
  std::string low_cardinality(bool may_be_null);
  std::string container(int depth);
  std::string record(std::string_view family, int depth);
  std::string variant(int depth);

  Families families_;
  Random& random_;
};

/// The family with its arguments, where it has some.
std::string Drawer::written(std::string_view family) {
  const auto scale = [&](int most) {
    return fmt::format("{}({})", family, random_.below(most + 1));
  };
  if (family == "FixedString") return fmt::format("FixedString({})", 1 + random_.below(20));
  if (family == "DateTime") {
    const std::string named = zone();
    return named.empty() ? "DateTime" : fmt::format("DateTime({})", named);
  }
  if (family == "DateTime64") {
    const std::string named = zone();
    return fmt::format("DateTime64({}{}{})", random_.below(10), named.empty() ? "" : ", ", named);
  }
  if (family == "Time64") return scale(9);
  if (family == "Decimal") {
    const std::size_t precision = 1 + random_.below(may("Decimal256") ? 76 : 38);
    return fmt::format("Decimal({}, {})", precision, random_.below(precision + 1));
  }
  if (family == "Decimal32") return scale(9);
  if (family == "Decimal64") return scale(18);
  if (family == "Decimal128") return scale(38);
  if (family == "Decimal256") return scale(76);
  if (family == "Enum8") return "Enum8('' = 0, 'a' = -128, 'b' = 127, '1' = 5, 'it''s' = 6)";
  if (family == "Enum16") return "Enum16('low' = -32768, 'high' = 32767, 'grün' = 300, '300' = 7)";
  if (family == "JSON") {
    constexpr std::string_view kPaths[] = {"", "", "(a Int32)", "(a.b DateTime64(3), SKIP x)",
                                           "(x Array(String), max_dynamic_paths = 2)"};
    return fmt::format("JSON{}", random_.pick(kPaths));
  }
  return std::string(family);
}

std::string Drawer::low_cardinality(bool may_be_null) {
  const std::string inner = random_.chance(30) ? "String" : written(one_of({kKeys}));
  const bool is_null = may_be_null && may("Nullable") && random_.chance(40);
  return fmt::format("LowCardinality({})", is_null ? fmt::format("Nullable({})", inner) : inner);
}

/// "Tuple(x Int8, y String)", also without names, or Nested, which has no other.
std::string Drawer::record(std::string_view family, int depth) {
  constexpr std::string_view kNames[] = {"x", "y", "long name", "Z"};
  const bool named = family == "Nested" || random_.chance(60);
  std::string type(family);
  const std::size_t elements = 1 + random_.below(std::size(kNames));
  for (std::size_t element = 0; element < elements; ++element) {
    type += element == 0 ? "(" : ", ";
    if (named) type += fmt::format("`{}` ", kNames[element]);
    type += this->type(depth - 1);
  }
  return type + ")";
}

/// Of scalars and containers. The server takes no null and no Dynamic inside.
std::string Drawer::variant(int depth) {
  std::string members;
  for (std::size_t left = 1 + random_.below(4); left > 0; --left) {
    const std::size_t choice = random_.below(10);
    members += members.empty() ? "" : ", ";
    if (choice == 0 && may("LowCardinality")) {
      members += low_cardinality(false);
    } else if (choice == 1 && may("Array")) {
      members += fmt::format("Array({})", type(depth - 1));
    } else if (choice == 2 && may("Map")) {
      members += fmt::format("Map(String, {})", type(depth - 1));
    } else if (choice == 3 && may("Tuple")) {
      members += record("Tuple", depth);
    } else {
      members += scalar();
    }
  }
  return fmt::format("Variant({})", members);
}

std::string Drawer::container(int depth) {
  const std::string_view family = one_of({kContainers});
  if (family == "Array") return fmt::format("Array({})", type(depth - 1));
  if (family == "Variant") return variant(depth);
  if (family == "Map") {
    std::string key(random_.chance(50) ? "String" : scalar());
    if (random_.chance(10) && may("LowCardinality")) key = low_cardinality(false);
    return fmt::format("Map({}, {})", key, type(depth - 1));
  }
  if (family == "Nested") return record(family, depth);
  if (family == "Tuple") {
    const std::string tuple = record(family, depth);
    const bool may_be_null = may("Nullable") && random_.chance(20);
    return may_be_null ? fmt::format("Nullable({})", tuple) : tuple;
  }
  return scalar();
}

std::string Drawer::type(int depth) {
  const std::size_t choice = random_.below(11);
  if (choice == 0 && may("LowCardinality")) return low_cardinality(true);
  if (choice <= 2 && may("Nullable")) return fmt::format("Nullable({})", scalar());
  if (choice == 3) return written(one_of({kWholes}));
  return depth <= 0 || choice <= 7 ? scalar() : container(depth);
}

std::string Drawer::simple_aggregate() {
  if (random_.chance(50)) return fmt::format("SimpleAggregateFunction(max, {})", scalar());
  return "SimpleAggregateFunction(groupArrayArray, Array(String))";
}

/// A value that is not the type's own default, where there is a plain one.
std::string_view default_of(std::string_view type) {
  const bool is_number = type.starts_with("Int") || type.starts_with("UInt") ||
                         type.starts_with("Float") || type.starts_with("Nullable(Int");
  if (is_number) return " DEFAULT 3 + 4";
  if (type == "String" || type == "Nullable(String)") return " DEFAULT concat('de', 'fault')";
  const bool has_choice = type.find("Variant") != type.npos || type.find("Geometry") != type.npos;
  if (type.starts_with("Array(") && !has_choice) return " DEFAULT []";  // which no choice takes
  return type.starts_with("Date") ? " DEFAULT '2024-02-29'" : "";
}

}  // namespace

Families every_family() {
  static const auto kAll = joined({kKeys, kOtherScalars, kWholes, kContainers, kWrappers});
  return kAll;
}

std::string random_type(Families families, Random& random, int depth) {
  return Drawer(families, random).type(depth);
}

std::string random_columns(const TableStyle& style, Random& random) {
  Drawer drawer(style.families, random);
  std::string columns;
  const std::size_t count = 1 + random.below(5);
  for (std::size_t column = 0; column < count; ++column) {
    const std::string name = fmt::format("c{}", column);
    if (column > 0) columns += ", ";
    if (style.has_paths && random.chance(6)) {
      // Of two Arrays with one name in front ClickHouse wants equal sizes, as in a Nested.
      columns += fmt::format("`{0}.v1` {1}, `{0}.v2` {2}", name, drawer.type(1), drawer.scalar());
      continue;
    }
    const bool aggregates = drawer.may("SimpleAggregateFunction") && random.chance(4);
    const std::string type = aggregates ? drawer.simple_aggregate() : drawer.type(2);
    const bool may_default = style.has_defaults && random.chance(10);
    columns += fmt::format("{} {}{}", name, type, may_default ? default_of(type) : "");
  }
  return columns;
}

}  // namespace penstock::oracle
