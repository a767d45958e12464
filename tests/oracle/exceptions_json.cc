#include "exceptions_json.h"

#include <algorithm>
#include <regex>

#include "exact_number.h"

namespace penstock::oracle {
namespace {

/// The value in "… cannot take 300: out of range" or "… cannot read "x"".
std::string_view found_by_us(const Difference& difference) {
  std::string_view text = difference.ours;
  for (const std::string_view before : {": cannot take ", ": cannot read "}) {
    const std::size_t at = text.rfind(before);
    if (at == text.npos) continue;
    text.remove_prefix(at + before.size());
    return text.substr(0, text.rfind(": out of range"));
  }
  return {};
}

bool loses_the_number(const Difference& difference) {
  const std::string_view number = found_by_us(difference);
  return count_number(difference.theirs, number) < count_number(difference.value, number);
}

/// The ends of ClickHouse's date and time types, and what it stores beyond them.
bool stores_a_limit(const Difference& difference) {
  constexpr std::string_view kLimits[] = {"4294967295",  "1970-01-01",   "2149-06-06",
                                          "1900-01-01",  "2299-12-31",   "-2208988800",
                                          "10413791999", "9223372036.8", "-9223372036.8"};
  const auto holds = [&](std::string_view limit) {
    return difference.theirs.find(limit) != std::string::npos;
  };
  return difference.theirs == "0" || difference.theirs.find("<unreadable>") != std::string::npos ||
         difference.theirs.find("'0'") != std::string::npos || std::ranges::any_of(kLimits, holds);
}

/// ClickHouse took a number in the message as ticks: its digits are there, the point elsewhere.
bool counts_in_ticks(const Difference& difference) {
  std::string digits;
  for (const char c : difference.theirs) {
    if (c != '.') digits += c;
  }
  const std::string& value = difference.value;
  for (std::size_t at = value.find_first_of("123456789"); at != value.npos;
       at = value.find_first_of("123456789", at)) {
    const std::size_t end = std::min(value.find_first_not_of("0123456789", at), value.size());
    if (digits.find(value.substr(at, end - at)) != digits.npos) return true;
    at = end;
  }
  static const std::regex misprinted(R"re(\.[\d',]*[-./+*(]|\.\D)re");  // small negative ones
  return std::regex_search(difference.theirs, misprinted);
}

/// Neither a whole moment nor a count of seconds.
bool is_half_a_moment(const Difference& difference) {
  static const std::regex whole(
      R"re(^"? *(\d{4}[-/._]\d\d?[-/._]\d\d?([ T]\d\d?:\d\d?(:\d\d?(\.\d*)?)?)?)re"
      R"re( *(Z|UTC|GMT|[+-](\d\d?|\d\d:?\d\d))?|\d{8}|-?\d{5,}) *"?$)re");
  const std::string_view found = found_by_us(difference);
  return !std::regex_search(found.begin(), found.end(), whole);
}

/// Some column's name stands there twice.
bool gives_a_key_twice(const Difference& difference) {
  const std::string& message = difference.message;
  for (std::size_t at = message.find("\"c"); at != message.npos; at = message.find("\"c", at + 1)) {
    const std::string key = message.substr(at, message.find('"', at + 1) - at + 1);
    if (message.find(key, at + 1) != message.npos) return true;
  }
  return false;
}

constexpr std::string_view kInteger = R"re(\bU?Int(8|16|32|64|128|256)\b)re";
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
    {.name = "moment_beyond_range",
     .reason = "a moment its type cannot hold is refused; ClickHouse stores the nearest one it can",
     .type = "Date",
     .value = "",
     .ours = R"re(^decode\.out_of_range: .*: )re"
             R"re(cannot take ("[^"]*"|\d[^,]*[-:/ ][^,]*): out of range$)re",
     .theirs = "",
     .also = stores_a_limit,
     .example_columns = "c0 DateTime('UTC')",
     .example = R"({"c0":"2106-02-07 06:28:16"})"},
    {.name = "count_beyond_range",
     .reason = "a count of seconds or days its type cannot hold is refused; ClickHouse wraps it",
     .type = "Date",
     .value = "[0-9]",
     .ours = R"re(^decode\.out_of_range: .*: cannot take [-0-9.eE]+: out of range$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 DateTime('UTC')",
     .example = R"({"c0":1704457896789})"},
    {.name = "impossible_moment",
     .reason = "no such day or hour: refused, where ClickHouse takes another near it",
     .type = "Date",
     .value = "",
     .ours = R"re(^decode\.unreadable: .*: )re"
             R"re(cannot read "? ?(\d{4}-(00|13|04-31|\d\d-00|02-29))re"
             R"re(|0000|\d{4}-\d\d-\d\d (24|23:60|23:59:60)).*"?$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Date",
     .example = R"({"c0":"2023-02-29"})"},
    {.name = "half_a_moment",
     .reason = "a year, a time of day or a fraction alone would be a guess, as would a year of two "
               "digits and what is left of a moment that was cut",
     .type = "Date",
     .value = "",
     .ours = "^decode.unreadable: ",
     .theirs = "",
     .also = is_half_a_moment,
     .example_columns = "c0 DateTime('UTC')",
     .example = R"({"c0":"12:34"})"},
    {.name = "fraction_of_a_count",
     .reason =
         "seconds may have a fraction, in every place and also where the column cannot keep it",
     .type = "DateTime",
     .value = R"re(\d[.eE][-+]?\d)re",
     .ours = "",
     .theirs = "Cannot",
     .also = nullptr,
     .example_columns = "c0 DateTime('UTC')",
     .example = R"({"c0":"1704457896.789"})"},
    {.name = "address_as_number",
     .reason = "an IPv4 address may be given as its number",
     .type = "IPv4",
     .value = R"re(\d)re",
     .ours = "",
     .theirs = R"re(expected '"' before: '-?\d|Cannot read)re",
     .also = nullptr,
     .example_columns = "c0 IPv4",
     .example = R"({"c0":16909060})"},
    {.name = "container_as_fixed_text",
     .reason = "objects and arrays become text in a FixedString as they do in a String",
     .type = "FixedString",
     .value = R"re(\[|\{)re",
     .ours = "",
     .theirs = "expected opening quote",
     .also = nullptr,
     .example_columns = "c0 FixedString(9)",
     .example = R"({"c0":[1]})"},
    {.name = "edge_of_the_calendar",
     .reason =
         "DateTime64 is from 1900 to 2299 in UTC; ClickHouse stores some hours more, by the zone",
     .type = "DateTime64",
     .value = "1899|1900|2300|2299",
     .ours = R"re(^decode\.out_of_range: .*: )re"
             R"re(cannot take "?(1899-12-31|1900-01-01|2299-12-31|2300-01-01))re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 DateTime64(0, 'Asia/Kolkata')",
     .example = R"({"c0":"1900-01-01 00:00:00"})"},
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
     .theirs = "Decimal value is too big",
     .also = nullptr,
     .example_columns = "c0 Decimal(9, 4)",
     .example = R"({"c0":0e9})"},
    {.name = "empty_object",
     .reason = "an object with nothing in it is a Tuple of zeroes, also of one without names",
     .type = "Tuple",
     .value = R"re(\{\s*\})re",
     .ours = "",
     .theirs = R"re(expected '\[' before: '\{)re",
     .also = nullptr,
     .example_columns = "c0 Tuple(UInt8)",
     .example = R"({"c0":{}})"},
    {.name = "empty_array",
     .reason = "an array without the elements of a Tuple is taken for a mistake",
     .type = "Tuple",
     .value = R"re(\[\s*\])re",
     .ours = "^decode.wrong_type: .*: cannot take an array ",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Tuple(UInt8)",
     .example = R"({"c0":[]})"},
    {.name = "boolean_as_day",
     .reason = "true and false are no days",
     .type = R"re(\bDate(32)?\b)re",
     .value = "true|false",
     .ours = R"re(^decode\.wrong_type: .*: cannot take (true|false)$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Date",
     .example = R"({"c0":true})"},
    {.name = "broken_json",
     .reason = "what is not JSON (RFC 8259, UTF-8) is refused, also where ClickHouse reads over it",
     .type = "",
     .value = "",
     .ours = "^decode.broken: ",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 UInt8",
     .example = R"({"c0":})"},
    {.name = "given_twice",
     .reason = "of a key given twice the last value counts; ClickHouse refuses the row",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "Duplicate field found|appears more than once|duplicate",
     .also = nullptr,
     .example_columns = "c0 UInt8",
     .example = R"({"c0":1,"c0":2})"},
    {.name = "given_twice_unfit_first",
     .reason = "the same, where ClickHouse refuses the first value already",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "Exception",
     .also = gives_a_key_twice,
     .example_columns = "c0 UInt8",
     .example = R"({"c0":1.0,"c0":2})"},
    {.name = "none_of_its_elements",
     .reason = "an object with none of a Tuple's elements is taken for a mistake",
     .type = "Tuple|Nested",
     .value = R"re(\{)re",
     .ours = "^decode.wrong_type: .*: cannot take an object with none of the column's elements$",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Tuple(x UInt8)",
     .example = R"({"c0":{"y":1}})"},
    {.name = "integer_with_point",
     .reason = "1.0 and 1e3 are integers, and so days and seconds",
     .type = R"re(\bU?Int(8|16|32|64|128|256)\b|Date|^$)re",
     .value = R"re(\d[.eE][-+]?\d*)re",
     .ours = "",
     .theirs = "Cannot parse input: expected|Cannot read (array|Map)|Unexpected data",
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
    {.name = "array_for_tuple",
     .reason = "an array fills a named Tuple by position",
     .type = "Tuple|Nested",
     .value = R"re(\[)re",
     .ours = "",
     .theirs = R"re(expected '\{' before: '\[)re",
     .also = nullptr,
     .example_columns = "c0 Tuple(x UInt8)",
     .example = R"({"c0":[1]})"},
    {.name = "escapes",
     .reason = "every JSON string may be escaped; ClickHouse reads numbers, dates, UUIDs and "
               "addresses from the raw text",
     .type = "Int|Float|Decimal|Date|UUID|IPv|Bool|Enum",
     .value = R"re(\\)re",
     .ours = "",
     .theirs = "Cannot|Unexpected data|Invalid|neither Date nor Time",
     .also = nullptr,
     .example_columns = "c0 UUID",
     .example = R"({"c0":"\u00361f0c404-5cb3-11e7-907b-a6006ad3dba0"})"},
    {.name = "escaped_element_name",
     .reason = "a Tuple's element is known by its escaped name too",
     .type = "Tuple|Nested",
     .value = R"re(\\u00..[^"]*" *:|"[^"]*\\u00..")re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Tuple(x UInt8)",
     .example = R"({"c0":{"\u0078":1}})"},
    {.name = "escaped_element_name_refused",
     .reason = "the same, where the element then does not fit",
     .type = "Tuple|Nested",
     .value = R"re("[^"]*\\u00)re",
     .ours = "^decode",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Tuple(x UUID)",
     .example = R"({"c0":{"\u0078":"-"}})"},
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
     .also = nullptr,
     .example_columns = "c0 Enum8('a' = 1)",
     .example = R"({"c0":null})"},
    {.name = "minus_zero_in_a_dictionary",
     .reason = "reading Native, the server makes one key of 0 and -0 (they are equal)",
     .type = "LowCardinality\\((Nullable\\()?Float|LowCardinality\\((Nullable\\()?BFloat16",
     .value = "-0",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 LowCardinality(Float64)",
     .example = R"({"c0":-0.0})"},
    {.name = "count_in_ticks",
     .reason = "a count is of seconds, milliseconds, microseconds or nanoseconds by its size; "
               "ClickHouse takes it as ticks of the column",
     .type = "DateTime64",
     .value = "[0-9]",
     .ours = "",
     .theirs = "",
     .also = counts_in_ticks,
     .example_columns = "c0 DateTime64(3, 'UTC')",
     .example = R"({"c0":1704457896})"},
};

}  // namespace

std::span<const Exception> json_exceptions() { return kExceptions; }

}  // namespace penstock::oracle
