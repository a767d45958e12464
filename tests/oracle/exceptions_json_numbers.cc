#include "exceptions_json.h"

#include <regex>

#include "difference_tests.h"

namespace penstock::oracle {
namespace {

bool differs_in_the_sign_of_zero(const Difference& difference) {
  if (difference.type.find("Variant") != std::string::npos) return true;  // shown in bytes
  return only_signs_a_zero(difference);
}

/// Its name is empty or there is none.
bool stores_zero(const Difference& difference) {
  const auto holds = [&](std::string_view text) {
    return difference.theirs.find(text) != text.npos;
  };
  return difference.theirs.empty() || holds("<unreadable>") || holds("''") || holds("\\'\\'");
}

constexpr std::string_view kNumeric = R"re(\bU?Int(8|16|32|64|128|256)\b|Float|Decimal|Enum)re";

constexpr Exception kExceptions[] = {
    {.name = "number_beyond_range",
     .reason = "a number its type cannot hold exactly is refused; ClickHouse wraps, cuts, or makes "
               "it infinite",
     .type = kNumeric,
     .value = "",
     .ours = R"re(^decode\.out_of_range: .*: cannot take "?[-+0-9.eE]+"?: out of range$)re",
     .theirs = "",
     .also = loses_the_number,
     .example_columns = "c0 Int8",
     .example = R"({"c0":300})"},
    {.name = "address_as_number",
     .reason = "an IPv4 address may be given as its number",
     .type = "IPv4",
     .value = R"re(\d)re",
     .ours = "",
     .theirs = R"re(expected '"' before: '-?\d|Cannot read)re",
     .also = nullptr,
     .example_columns = "c0 IPv4",
     .example = R"({"c0":16909060})"},
    {.name = "no_number_in_the_text",
     .reason = "no digits are no number; ClickHouse stores 0",
     .type = kNumeric,
     .value = "",
     .ours = R"re(^decode\.unreadable: .*: cannot read "?[-+.eE]{0,2}"?$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Int8",
     .example = R"({"c0":""})"},
    {.name = "word_as_number",
     .reason = "true and false in quotes are no numbers",
     .type = kNumeric,
     .value = "",
     .ours = R"re(^decode\.unreadable: .*: cannot read "?(true|false)"?$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Int8",
     .example = R"({"c0":"true"})"},
    {.name = "decimal_with_a_rest",
     .reason = "1.5.2 and 1e are no numbers; ClickHouse reads 1.52 and 1",
     .type = "Decimal",
     .value = R"re(\d\.\d*\.|\de[-+]?")re",
     .ours = "^decode.unreadable: ",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Decimal(9, 4)",
     .example = R"({"c0":"1.5.2"})"},
    {.name = "two_signs",
     .reason = "--1 is no number",
     .type = kNumeric,
     .value = "[-+][-+]",
     .ours = "^decode.unreadable: ",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Float64",
     .example = R"({"c0":"--1"})"},
    {.name = "decimal_with_exponent",
     .reason = "0e9 and -0.0447e1 are numbers; ClickHouse counts some digits twice",
     .type = "Decimal",
     .value = "[eE]",
     .ours = "",
     .theirs = "Decimal value is too big|Too many digits",
     .also = nullptr,
     .example_columns = "c0 Decimal(9, 4)",
     .example = R"({"c0":0e9})"},
    {.name = "integer_with_point",
     .reason = "1.0 and 1e3 are integers, and so days and seconds",
     .type = R"re(\bU?Int(8|16|32|64|128|256)\b|Date|^$)re",
     .value = R"re(\d[.eE][-+]?\d*)re",
     .ours = "",
     .theirs = R"re(before: '[.eE]|Cannot read (array|Map) from text)re",
     .also = nullptr,
     .example_columns = "c0 Int32",
     .example = R"({"c0":1e3})"},
    {.name = "minus_zero",
     .reason = "-0 is 0, also without a sign bit",
     .type = "UInt|Date",
     .value = "-0",
     .ours = "",
     .theirs = "Unsigned type must not contain '-' symbol",
     .also = nullptr,
     .example_columns = "c0 UInt8",
     .example = R"({"c0":-0})"},
    {.name = "minus_zero_as_text",
     .reason = "the same, where a Variant has no member for numbers and keeps them as text",
     .type = "Variant",
     .value = R"re(-0\b)re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Variant(String, Array(UInt8))",
     .example = R"({"c0":-0})"},
    {.name = "minus_zero_in_a_dictionary",
     .reason = "reading Native, the server makes one key of 0 and -0 (they are equal)",
     .type = "LowCardinality\\((Nullable\\()?Float|LowCardinality\\((Nullable\\()?BFloat16",
     .value = R"re(-(0|[\d.]+e-))re",
     .ours = "",
     .theirs = "",
     .also = differs_in_the_sign_of_zero,
     .example_columns = "c0 LowCardinality(Float64)",
     .example = R"({"c0":-0.0})"},
    {.name = "boolean_otherwise",
     .reason = "\"true\", 1.0 and -0 have a meaning; ClickHouse takes none of them",
     .type = "Bool",
     .value = R"re("|\d[.eE]|-0)re",
     .ours = "",
     .theirs = "Cannot parse input: expected|Invalid boolean value|Cannot parse boolean|Cannot "
               "read Map|Cannot read array",
     .also = nullptr,
     .example_columns = "c0 Bool",
     .example = R"({"c0":"true"})"},
    {.name = "enum_without_zero",
     .reason = "where no value comes an enum takes its first one; ClickHouse's parser stores 0, "
               "which may be without a name",
     .type = "Enum",
     .value = R"re(null|^$|\{)re",
     .ours = "",
     .theirs = "",
     .also = stores_zero,
     .example_columns = "c0 Enum8('a' = 1)",
     .example = R"({"c0":null})"},
};

}  // namespace

std::span<const Exception> json_number_exceptions() { return kExceptions; }

}  // namespace penstock::oracle
