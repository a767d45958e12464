#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <regex>
#include <string>

#include "difference_tests.h"
#include "exact_number.h"
#include "exceptions_protobuf.h"

namespace penstock::oracle {
namespace {

/// One in the last place of the type's Decimal of fewest places.
double decimal_unit(const std::string& type) {
  static const std::regex decimal(R"re(Decimal\(\d+, (\d+)\))re");
  double unit = 0;
  for (std::sregex_iterator at(type.begin(), type.end(), decimal), end; at != end; ++at) {
    unit = std::max(unit, std::pow(10.0, -std::stoi((*at)[1])));
  }
  return unit;
}

/// Both sides stored the same numbers but for the last digits of a float; or ours is the one in the
/// value, and ClickHouse's is cut off one below.
bool are_nearly_equal(const Difference& difference) {
  constexpr double kOfAFloat = 1e-6;
  const double unit = decimal_unit(difference.type) * (1 + kOfAFloat);
  const auto given = numbers_in(difference.value);
  return std::ranges::equal(numbers_in(difference.ours), numbers_in(difference.theirs),
                            [&](double left, double right) {
                              const double distance = std::abs(left - right);
                              return distance <= std::abs(left) * kOfAFloat ||
                                     (distance <= unit && std::ranges::count(given, left) > 0);
                            });
}

/// Of a Decimal of the column's, whose digits do not fit 64 bits.
bool stops_at_64_bits(const Difference& difference) {
  static const std::regex decimal(R"re(Decimal\(\d+, (\d+)\))re");
  static const std::regex limit("922337203685477580[78]");
  std::string digits = difference.theirs;
  std::erase(digits, '.');
  if (!std::regex_search(digits, limit)) return false;
  int scale = 0;
  const std::string& type = difference.type;
  for (std::sregex_iterator at(type.begin(), type.end(), decimal), end; at != end; ++at) {
    scale = std::max(scale, std::stoi((*at)[1]));
  }
  return std::ranges::any_of(numbers_in(difference.ours), [&](double number) {
    return std::abs(number) * std::pow(10.0, scale) >= std::ldexp(1.0, 63);
  });
}

/// The same but for bits of a whole number beyond 32.
bool differs_beyond_32_bits(const Difference& difference) {
  const auto ours = numbers_in(difference.ours);
  const auto theirs = numbers_in(difference.theirs);
  return ours != theirs && std::ranges::equal(ours, theirs, [](double left, double right) {
           return std::fmod(left - right, std::ldexp(1.0, 32)) == 0;
         });
}

/// ClickHouse refused a number whose last 32 bits are ours.
bool refuses_its_upper_bits(const Difference& difference) {
  static const std::regex refused("Could not convert value '(-?\\d+)'");
  std::smatch found;
  if (!std::regex_search(difference.theirs, found, refused)) return false;
  const double left_over = std::stod(found.str(1)) - std::strtod(difference.ours.c_str(), nullptr);
  return left_over != 0 && std::fmod(left_over, std::ldexp(1.0, 32)) == 0;
}

constexpr std::string_view kNumeric =
    R"re(\bU?Int(8|16|32|64|128|256)\b|Float|Decimal|Bool|Enum)re";
constexpr std::string_view kText = R"(syntax = "proto3"; message Row { string c0 = 1; })";

constexpr Exception kExceptions[] = {
    {.name = "number_beyond_range",
     .reason = "a number its type cannot hold exactly is refused; ClickHouse wraps, cuts, or makes "
               "it infinite",
     .type = kNumeric,
     .value = "",
     .ours =
         R"re(^decode\.out_of_range: .*: cannot take (the bytes )?"?([-+0-9.eE]+|nan|-?inf)"?)re"
         ": out of range$",
     .theirs = "",
     .also = loses_the_number,
     .example_columns = "c0 UInt8",
     .example = R"(c0: "300")",
     .example_schema = kText},
    {.name = "no_number",
     .reason =
         "text that is no number, or more than one, is refused; ClickHouse reads the number it "
         "begins with, or 0",
     .type = kNumeric,
     .value = "",
     .ours = R"re(^decode\.unreadable: .*: cannot read (the bytes )?")re",
     .theirs = "",
     .example_columns = "c0 UInt8",
     .example = R"(c0: "5x")",
     .example_schema = kText},
    {.name = "number_in_other_words",
     .reason = "a number in text may have an exponent or a point; ClickHouse stops in front of it",
     .type = kNumeric,
     .value = R"re("[^"]*\d[.eE])re",
     .ours = "",
     .theirs = "",
     .example_columns = "c0 Int16",
     .example = R"(c0: "100e-2")",
     .example_schema = kText},
    {.name = "word_as_truth",
     .reason = "true in text is true; ClickHouse reads a number, 0",
     .type = "Bool",
     .value = "\"|^$",  // empty: libprotobuf refuses texts that are not UTF-8
     .ours = "",
     .theirs = "",
     .example_columns = "c0 Bool",
     .example = R"(c0: "true")",
     .example_schema = kText},
    {.name = "minus_zero_in_a_dictionary",
     .reason = "reading Native, the server makes one key of 0 and -0 (they are equal)",
     .type = "LowCardinality\\((Nullable\\()?Float",
     .value = R"re(-(0|[\d.]+e-))re",
     .ours = "",
     .theirs = "",
     .also = only_signs_a_zero,
     .example_columns = "c0 LowCardinality(Float64)",
     .example = "c0: -0.0",
     .example_schema = R"(syntax = "proto3"; message Row { double c0 = 1; })"},
    {.name = "decimal_beyond_its_precision",
     .reason = "a number of more digits than its type has is refused",
     .type = "Decimal",
     .value = "",
     .ours = R"re(^decode\.out_of_range: .*: cannot take (true|[-+0-9.e]+): out of range$)re",
     .theirs = "",
     .example_columns = "c0 Decimal(3, 2)",
     .example = R"(c0: 31)",
     .example_schema = R"(syntax = "proto3"; message Row { int32 c0 = 1; })"},
    {.name = "number_beyond_an_address",
     .reason = "a number of more than 32 bits is no IPv4; ClickHouse drops the bits beyond",
     .type = "IPv4",
     .value = R"re(\d)re",
     .ours = R"re(^decode\.out_of_range: .*: cannot take -?\d+: out of range$)re",
     .theirs = "",
     .example_columns = "c0 Nullable(IPv4)",
     .example = R"(c0 { value: 4294967296 })",
     .example_schema = R"(syntax = "proto3"; import "google/protobuf/wrappers.proto"; )"
                       R"(message Row { google.protobuf.UInt64Value c0 = 1; })"},
    {.name = "enum_beyond_range",
     .reason = "an enum's number that its integer cannot hold is refused; ClickHouse cuts it",
     .type = R"re(\bU?Int(8|16)\b)re",
     .value = "",
     .ours = R"re(^decode\.out_of_range: .*: cannot take [A-Za-z_]\w* \(-?\d+\): out of range$)re",
     .theirs = "",
     .example_columns = "c0 Int8",
     .example = "c0: MANY",
     .example_schema = R"(syntax = "proto2"; message Row { enum E { NONE = 0; MANY = 100000; } )"
                       R"(optional E c0 = 1; })"},
    {.name = "enum_without_name",
     .reason = "a number that the writer's enum has no name for is the number as text",
     .type = "String",
     .value = "",
     .ours = "",
     .theirs = R"re(Could not convert value '-?\d+' from type enum to type String)re",
     .example_columns = "c0 String",
     .example = "hex 08 05",
     .example_schema = R"(syntax = "proto3"; message Row { enum E { NONE = 0; } E c0 = 1; })"},
    {.name = "real_in_a_decimal",
     .reason = "a real is the shortest decimal that means it; ClickHouse multiplies it in binary",
     .type = "Decimal",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = are_nearly_equal,
     .example_columns = "c0 Decimal32(6)",
     .example = "c0: -971.633",
     .example_schema = R"(syntax = "proto3"; message Row { float c0 = 1; })"},
    {.name = "digits_counted_twice",
     .reason =
         "0e4 is 0, and a number of as many digits as the type has fits; ClickHouse counts some "
         "digits twice",
     .type = "Decimal",
     .value = "",
     .ours = "",
     .theirs = "Decimal value is too big: \\d+ digits were read",
     .also = keeps_its_number,
     .example_columns = "c0 Decimal(4, 4)",
     .example = R"(c0: "0e4")",
     .example_schema = R"(syntax = "proto3"; message Row { string c0 = 1; })"},
    {.name = "more_than_32_bits",
     .reason = "bits of an int32 beyond 32 are dropped, as Protobuf's own library does; ClickHouse "
               "keeps them where there is room",
     .type = "String|Int64",
     .value = R"re(^-?\d+$)re",
     .ours = "",
     .theirs = "",
     .also = differs_beyond_32_bits,
     .example_columns = "c0 String",
     .example = "hex 08 ff ff ff ff 7b",
     .example_schema = R"(syntax = "proto3"; message Row { int32 c0 = 1; })"},
    {.name = "more_than_32_bits_refused",
     .reason = "the same, where ClickHouse refuses them",
     .type = "Int",
     .value = R"re(^-?\d+$)re",
     .ours = "",
     .theirs = "from type U?Int64 to type",
     .also = refuses_its_upper_bits,
     .example_columns = "c0 Int32",
     .example = "hex 08 ff ff ff ff 7b",
     .example_schema = R"(syntax = "proto3"; message Row { int32 c0 = 1; })"},
    {.name = "infinite_float",
     .reason = "infinity is infinity in a Float32 too, and its largest number is in its range",
     .type = "Float32",
     .value = R"re(inf|e\+38)re",
     .ours = "",
     .theirs = "Could not convert value '-?(inf|[0-9.]+e38)' from type Float64 to type Float32",
     .example_columns = "c0 Float32",
     .example = "c0: inf",
     .example_schema = R"(syntax = "proto3"; message Row { double c0 = 1; })"},
    {.name = "real_beyond_64_bits",
     .reason = "a real in a Decimal is the number it says; ClickHouse stops at 64 bits",
     .type = "Decimal",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = stops_at_64_bits,
     .example_columns = "c0 Decimal(30, 3)",
     .example = "c0: 1e20",
     .example_schema = R"(syntax = "proto3"; message Row { float c0 = 1; })"},
    {.name = "minus_zero",
     .reason = "-0 is 0, also without a sign bit",
     .type = "UInt",
     .value = R"re("-0)re",
     .ours = "",
     .theirs = "Could not convert value '-0[^']*' from type String",
     .example_columns = "c0 UInt8",
     .example = R"(c0: "-0")",
     .example_schema = kText},
};

}  // namespace

std::span<const Exception> protobuf_number_exceptions() { return kExceptions; }

}  // namespace penstock::oracle
