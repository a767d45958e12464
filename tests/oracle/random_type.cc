#include "random_type.h"

#include <fmt/format.h>

#include <string_view>

namespace penstock::oracle {
namespace {

constexpr std::string_view kZones[] = {"UTC",           "Europe/Berlin",       "America/New_York",
                                       "Asia/Kolkata",  "Australia/Lord_Howe", "Pacific/Apia",
                                       "Asia/Kathmandu"};

/// Sorted into what may stand where: map keys and LowCardinality want some, Nullable all of them.
constexpr std::string_view kIntegers[] = {"Int8",  "Int16",  "Int32",  "Int64",
                                          "UInt8", "UInt16", "UInt32", "UInt64"};
constexpr std::string_view kPlain[] = {"Float32", "Float64", "Bool", "Date",
                                       "Date32",  "UUID",    "IPv4", "IPv6"};
constexpr std::string_view kWithArguments[] = {"FixedString", "DateTime",  "DateTime64",
                                               "Decimal",     "Decimal32", "Decimal64",
                                               "Decimal128",  "Enum8",     "Enum16"};
constexpr std::string_view kContainers[] = {"Array", "Map", "Tuple", "Nested"};

std::string zone(Random& random) {
  return random.chance(50) ? fmt::format("'{}'", random.pick(kZones)) : "";
}

std::string with_arguments(std::string_view family, Random& random) {
  const auto scale = [&](int most) {
    return fmt::format("{}({})", family, random.below(most + 1));
  };
  if (family == "FixedString") return fmt::format("FixedString({})", 1 + random.below(20));
  if (family == "DateTime") {
    const std::string named = zone(random);
    return named.empty() ? "DateTime" : fmt::format("DateTime({})", named);
  }
  if (family == "DateTime64") {
    const std::string named = zone(random);
    return fmt::format("DateTime64({}{}{})", random.below(10), named.empty() ? "" : ", ", named);
  }
  if (family == "Decimal") {
    const std::size_t precision = 1 + random.below(38);
    return fmt::format("Decimal({}, {})", precision, random.below(precision + 1));
  }
  if (family == "Decimal32") return scale(9);
  if (family == "Decimal64") return scale(18);
  if (family == "Decimal128") return scale(38);
  if (family == "Enum8") return "Enum8('' = 0, 'a' = -128, 'b' = 127, '1' = 5, 'it''s' = 6)";
  return "Enum16('low' = -32768, 'high' = 32767, 'grün' = 300, '300' = 7)";
}

std::string scalar(Random& random) {
  const std::size_t kinds = std::size(kIntegers) + std::size(kPlain) + std::size(kWithArguments);
  // Text is what most columns are.
  const std::size_t at = random.below(kinds + 3);
  if (at < std::size(kIntegers)) return std::string(kIntegers[at]);
  if (at < std::size(kIntegers) + std::size(kPlain)) {
    return std::string(kPlain[at - std::size(kIntegers)]);
  }
  if (at < kinds) {
    return with_arguments(kWithArguments[at - std::size(kIntegers) - std::size(kPlain)], random);
  }
  return "String";
}

std::string low_cardinality(Random& random) {
  constexpr std::string_view kInner[] = {"String", "Date", "DateTime", "UUID", "Float64"};
  std::string inner(random.chance(30) ? random.pick(kIntegers) : random.pick(kInner));
  if (random.chance(10)) inner = with_arguments("FixedString", random);
  if (random.chance(40)) inner = "Nullable(" + inner + ")";
  return "LowCardinality(" + inner + ")";
}

std::string map_key(Random& random) {
  constexpr std::string_view kInner[] = {"Date", "UUID", "LowCardinality(String)", "IPv4",
                                         "DateTime"};
  if (random.chance(50)) return "String";
  return std::string(random.chance(60) ? random.pick(kIntegers) : random.pick(kInner));
}

/// "Tuple(x Int8, y String)", also without names, or Nested, which has no other.
std::string record(std::string_view family, Random& random, int depth) {
  constexpr std::string_view kNames[] = {"x", "y", "long name", "Z"};
  const bool named = family == "Nested" || random.chance(60);
  std::string type(family);
  const std::size_t elements = 1 + random.below(std::size(kNames));
  for (std::size_t element = 0; element < elements; ++element) {
    type += element == 0 ? "(" : ", ";
    if (named) type += fmt::format("`{}` ", kNames[element]);
    type += random_type(random, depth - 1);
  }
  return type + ")";
}

std::string simple_aggregate(Random& random) {
  if (random.chance(50)) return fmt::format("SimpleAggregateFunction(max, {})", scalar(random));
  return "SimpleAggregateFunction(groupArrayArray, Array(String))";
}

}  // namespace

std::string random_type(Random& random, int depth) {
  const std::size_t choice = random.below(10);
  if (choice == 0) return low_cardinality(random);
  if (choice <= 2) return fmt::format("Nullable({})", scalar(random));
  if (depth <= 0 || choice <= 6) return scalar(random);
  const std::string_view family = random.pick(kContainers);
  if (family == "Array") return fmt::format("Array({})", random_type(random, depth - 1));
  if (family == "Map") {
    return fmt::format("Map({}, {})", map_key(random), random_type(random, depth - 1));
  }
  return record(family, random, depth);
}

std::string random_columns(Random& random) {
  std::string columns;
  const std::size_t count = 1 + random.below(5);
  for (std::size_t column = 0; column < count; ++column) {
    const std::string type = random.chance(4) ? simple_aggregate(random) : random_type(random, 2);
    columns += fmt::format("{}c{} {}", column == 0 ? "" : ", ", column, type);
  }
  return columns;
}

}  // namespace penstock::oracle
