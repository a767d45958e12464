#include "exceptions_avro.h"

#include <cmath>
#include <cstdlib>
#include <regex>
#include <string>
#include <vector>

#include "difference_tests.h"
#include "exact_number.h"

namespace penstock::oracle {
namespace {

/// The number we refused went into an integer that cannot hold it.
bool is_beyond_an_integer(const Difference& difference) {
  static const std::regex line(R"re((?:Nullable\(|LowCardinality\()*(U?)Int(\d+)\)* <- )re"
                               R"re([^\n]* (-?\d+)\n)re");
  const std::string number(found_by_us(difference));
  const long double value = std::strtold(number.c_str(), nullptr);
  for (std::sregex_iterator at(difference.value.begin(), difference.value.end(), line), end;
       at != end; ++at) {
    if ((*at)[3] != number) continue;
    const bool is_signed = (*at)[1].length() == 0;
    const long double limit = std::ldexp(1.0L, std::stoi((*at)[2]) - (is_signed ? 1 : 0));
    if (value >= limit || value < (is_signed ? -limit : 0.0L)) return true;
  }
  return false;
}

/// The number we refused is not among what ClickHouse stored, or cannot be.
bool changes_the_number(const Difference& difference) {
  if (is_beyond_an_integer(difference)) return true;
  const std::string number(found_by_us(difference));
  std::size_t given = 0;
  const std::string line = " " + number + "\n";
  for (std::size_t at = difference.value.find(line); at != std::string::npos;
       at = difference.value.find(line, at + 1)) {
    ++given;
  }
  return count_number(difference.theirs, number) < given;
}

/// What we refused is the key of a map.
bool is_a_key(const Difference& difference) {
  std::string key(found_by_us(difference));
  std::erase(key, '"');
  return difference.value.find("<- key " + key) != std::string::npos;
}

/// A reader that belongs to neither side finds the same.
bool is_damaged(const Difference& difference) {
  return difference.message.find("<broken>") != std::string::npos ||
         difference.message.find("<rest>") != std::string::npos;
}

/// The local time we refused is of the day on which 1970 began: earlier by the clock of its zone.
bool is_of_the_first_day(const Difference& difference) {
  static const std::regex line(R"re(local-timestamp-(milli|micro|nano)s\) (-?\d+)\n)re");
  constexpr double kDay = 86'400;
  const std::string& value = difference.value;
  for (std::sregex_iterator at(value.begin(), value.end(), line), end; at != end; ++at) {
    const double ticks = (*at)[1] == "milli" ? 1e3 : (*at)[1] == "micro" ? 1e6 : 1e9;
    const double seconds = std::stod((*at)[2]) / ticks;
    if ((*at).str(2) == found_by_us(difference) && std::abs(seconds) < kDay) return true;
  }
  return false;
}

bool is_empty_list(const Difference& difference) { return difference.theirs == "[]"; }

constexpr Exception kExceptions[] = {
    {.name = "renamed",
     .reason = "a field is known by its aliases too; ClickHouse knows a writer's names only",
     .type = "",
     .value = "^by an alias",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Int8",
     .example = R"({"old": 5})",
     .example_schema = R"({"type": "record", "name": "Root", "fields": [)"
                       R"({"name": "old", "type": "int", "aliases": ["c0"]}]})"},
    {.name = "renamed_and_unfit",
     .reason = "the same, where the value does not fit",
     .type = "",
     .value = "^by an alias",
     .ours = "^(decode|schema)",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Int8",
     .example = R"({"old": 500})",
     .example_schema = R"({"type": "record", "name": "Root", "fields": [)"
                       R"({"name": "old", "type": "int", "aliases": ["c0"]}]})"},
    {.name = "part_of_a_nested",
     .reason = "columns of a Nested take the fields they find; ClickHouse none when a field has no "
               "column or the list may be null",
     .type = "",
     .value = "Nested.* from .*array",
     .ours = "",
     .theirs = "",
     .also = is_empty_list,
     .example_columns = "`c0.x` Array(Int8)",
     .example = R"([{"x": 5, "y": 6}])",
     .example_schema = R"({"type": "array", "items": {"type": "record", "name": "R", "fields": [)"
                       R"({"name": "x", "type": "int"}, {"name": "y", "type": "int"}]}})"},
    {.name = "part_of_a_nested_unfit",
     .reason = "the same, where a value or a field does not fit",
     .type = "",
     .value = "Nested.* from .*array",
     .ours = "^(decode|schema)",
     .theirs = "",
     .also = is_empty_list,
     .example_columns = "`c0.x` Array(Int8)",
     .example = R"([{"x": 500, "y": 6}])",
     .example_schema = R"({"type": "array", "items": {"type": "record", "name": "R", "fields": [)"
                       R"({"name": "x", "type": "int"}, {"name": "y", "type": "int"}]}})"},
    {.name = "number_beyond_range",
     .reason = "a number its type cannot hold exactly is refused; ClickHouse wraps or cuts it",
     .type = "",
     .value = R"re((Int\d+|Bool|Float32|Decimal|Date32|Date|DateTime|IPv4)\b.* <- .*)re"
              R"re((int|long|float|double)( \(.*\))? \S+\n)re",
     .ours = R"re(^decode\.out_of_range: .*: cannot take [-+0-9.einfa]+: out of range$)re",
     .theirs = "",
     .also = changes_the_number,
     .example_columns = "c0 Int8",
     .example = "300",
     .example_schema = R"("int")"},
    {.name = "moment_beyond_range",
     .reason = "a moment or day that its type cannot hold is refused; ClickHouse stores what the "
               "bits say",
     .type = "",
     .value = R"re(DateTime64.* <- .*timestamp|DateTime.* <- .*\(date\))re",
     .ours = R"re(^decode\.out_of_range: .*: cannot take -?\d+: out of range$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 DateTime64(6, 'UTC')",
     .example = "-9223372036854775808",
     .example_schema = R"({"type": "long", "logicalType": "timestamp-micros"})"},
    {.name = "local_moment_before_1970",
     .reason = "a local time may be before 1970 in UTC, and is refused; ClickHouse takes its count "
               "for seconds",
     .type = "",
     .value = R"re(DateTime\('(?!UTC).* <- .*local-timestamp)re",
     .ours = R"re(^decode\.out_of_range: .*: cannot take -?\d+: out of range$)re",
     .theirs = "",
     .also = is_of_the_first_day,
     .example_columns = "c0 DateTime('Europe/Berlin')",
     .example = "749114342",
     .example_schema = R"({"type": "long", "logicalType": "local-timestamp-nanos"})"},
    {.name = "decimal_beyond_precision",
     .reason = "a number of more digits than the column has is refused; ClickHouse stores it",
     .type = "",
     .value = R"re(Decimal.* <- .*(bytes|fixed ".*") \(decimal\))re",
     .ours = R"re(^decode\.out_of_range: .*: cannot take [-0-9.]+: out of range$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Decimal(2, 1)",
     .example = R"("d")",
     .example_schema =
         R"({"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 1})"},
    {.name = "key_unfit",
     .reason = "keys are texts and read as JSON's are: what does not fit is refused",
     .type = "",
     .value = " <- key ",
     .ours = R"re(^decode\.(out_of_range|unreadable): )re",
     .theirs = "",
     .also = is_a_key,
     .example_columns = "c0 Map(Int8, Int8)",
     .example = R"({"300": 1})",
     .example_schema = R"({"type": "map", "values": "int"})"},
    {.name = "decimal_of_any_length",
     .reason = "a decimal's bytes may be none, which is 0, or more than the column's",
     .type = "",
     .value = R"re((Decimal|DateTime64).* <- .*\(decimal\))re",
     .ours = "",
     .theirs = "expected non-empty binary data with size equal to or less than",
     .also = nullptr,
     .example_columns = "c0 Decimal(9, 2)",
     .example = R"("")",
     .example_schema =
         R"({"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2})"},
    {.name = "uuid_without_dashes",
     .reason = "32 hex digits are a UUID without its dashes",
     .type = "",
     .value = R"re(UUID.* <- .*(string|bytes).* [0-9a-fA-F]{32}\n)re",
     .ours = "",
     .theirs = "Cannot parse uuid",
     .also = nullptr,
     .example_columns = "c0 UUID",
     .example = R"("61f0c4045cb311e7907ba6006ad3dba0")",
     .example_schema = R"("string")"},
    {.name = "moment_by_its_unit",
     .reason =
         "a timestamp is the moment it says; ClickHouse takes its count for ticks of the column",
     .type = "",
     .value = R"re(DateTime64\((?!3).* <- .*timestamp-millis)re"
              R"re(|DateTime64\((?!6).* <- .*timestamp-micros)re"
              R"re(|DateTime64\((?!9).* <- .*timestamp-nanos)re"
              R"re(|Date(32|Time(\('.*'\))?)?\)* <- .*timestamp)re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 DateTime('UTC')",
     .example = "1704457896789",
     .example_schema = R"({"type": "long", "logicalType": "timestamp-millis"})"},
    {.name = "time_of_day_as_moment",
     .reason = "a time of day is no moment; ClickHouse takes its count for seconds",
     .type = "",
     .value = R"re(Date.* from .*\(time-(millis|micros)\))re",
     .ours = R"re(^schema.unusable: .*: cannot take .* \(time-(millis|micros)\)$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 DateTime('UTC')",
     .example = "5",
     .example_schema = R"({"type": "int", "logicalType": "time-millis"})"},
    {.name = "day_as_moment",
     .reason = "a day in a DateTime is its midnight in UTC; ClickHouse takes the count of days for "
               "seconds or ticks",
     .type = "",
     .value = R"re(DateTime.* <- .*int \(date\))re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 DateTime('UTC')",
     .example = "5",
     .example_schema = R"({"type": "int", "logicalType": "date"})"},
    {.name = "local_moment",
     .reason =
         "a local timestamp is the time on the clock of the column's zone; ClickHouse takes it "
         "for UTC",
     .type = "",
     .value = R"re(DateTime64\(\d, '(?!UTC).* <- .*local-timestamp)re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 DateTime64(3, 'Europe/Berlin')",
     .example = "1704457896789",
     .example_schema = R"({"type": "long", "logicalType": "local-timestamp-millis"})"},
    {.name = "count_in_ticks",
     .reason =
         "a count is of seconds or parts of them by its size; ClickHouse takes it as ticks of "
         "the column",
     .type = "",
     .value = R"re(DateTime64.* <- .*(int|long|float|double) [-0-9])re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 DateTime64(3, 'UTC')",
     .example = "1704457896",
     .example_schema = R"("long")"},
    {.name = "number_as_decimal",
     .reason = "5 is 5.00; ClickHouse takes it for the unscaled 0.05",
     .type = "",
     .value = R"re(Decimal\(\d+, (?!0\)).* <- .*(int|long|float|double|boolean) )re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Decimal(9, 2)",
     .example = "5",
     .example_schema = R"("int")"},
    {.name = "meaning_as_text",
     .reason = "a decimal, UUID or duration in a String is its text; ClickHouse stores the bytes",
     .type = "",
     .value = R"re(String.* <- .*(bytes|fixed ".*") \((decimal|uuid|duration)\))re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 String",
     .example = R"("\u0005")",
     .example_schema =
         R"({"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 1})"},
    {.name = "minus_zero_in_a_dictionary",
     .reason = "reading Native, the server makes one key of 0 and -0 (they are equal)",
     .type = "",
     .value = R"re(LowCardinality\((Nullable\()?B?Float.* <- )re",
     .ours = "",
     .theirs = "",
     .also = only_signs_a_zero,
     .example_columns = "c0 LowCardinality(Float64)",
     .example = "-0.0",
     .example_schema = R"("double")"},
    {.name = "enum_without_zero",
     .reason =
         "where no value comes an enum takes its first one; ClickHouse stores 0, which may be "
         "without a name",
     .type = "Enum",
     .value = R"re(Enum.* <- .*null\n|^$)re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Enum8('a' = 1)",
     .example = "null",
     .example_schema = R"(["null", {"type": "enum", "name": "E", "symbols": ["a"]}])"},
    {.name = "key_as_in_json",
     .reason =
         "keys are read as JSON's are: 1.0, 1e3 and +1 are integers, seconds may have a fraction",
     .type = "",
     .value = " <- key ",
     .ours = "",
     .theirs =
         "Unexpected data '[-+.eE0-9][-+.0-9eE]*' after parsed (Number|DateTime|Date|Time) value",
     .also = nullptr,
     .example_columns = "c0 Map(Int8, Int8)",
     .example = R"({"1.0": 1})",
     .example_schema = R"({"type": "map", "values": "int"})"},
    {.name = "digits_counted_twice",
     .reason = "0e4 is 0; ClickHouse counts some digits twice",
     .type = "",
     .value = " <- key ",
     .ours = "",
     .theirs = "Decimal value is too big: \\d+ digits were read",
     .also = keeps_its_number,
     .example_columns = "c0 Map(Decimal(4, 4), Int8)",
     .example = R"({"0e4": 1})",
     .example_schema = R"({"type": "map", "values": "int"})"},
    {.name = "day_of_any_year",
     .reason = "Date32 holds the years 0 to 9999: ClickHouse 26.7 stores and shows them, but its "
               "parsers clamp to 1900 to 2299",
     .type = "Date32",
     .value = " <- key ",
     .ours = "",
     .theirs = "",
     .also = clamps_a_day,
     .example_columns = "c0 Map(Date32, Int8)",
     .example = R"({"9999-12-31": 1})",
     .example_schema = R"({"type": "map", "values": "int"})"},
    {.name = "year_zero",
     .reason = "the year 0 is the year 0; ClickHouse takes the one of today for it",
     .type = "DateTime64",
     .value = R"re( <- key "?0000-)re",
     .ours = "",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Map(DateTime64(0, 'UTC'), Int8)",
     .example = R"({"0000-01-01 00:00:00": 1})",
     .example_schema = R"({"type": "map", "values": "int"})"},
    {.name = "damaged",
     .reason = "a message has to follow its schema to the last byte; ClickHouse looks at less",
     .type = "",
     .value = "",
     .ours =
         "^decode.broken: .*: (more bytes follow its value|a branch or symbol that the schema does "
         "not have|it ends inside a (value|text)|a number of more than 64 bits)",
     .theirs = "",
     .also = is_damaged,
     .example_columns = "c0 Int8",
     .example = "0x0A00",
     .example_schema = R"("int")"},
    {.name = "size_of_a_block",
     .reason = "a block that states its size has to keep to it; ClickHouse does not look",
     .type = "",
     .value = "",
     .ours =
         "^decode.broken: .*: a block (that does not end where it says|longer than the message)",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Array(Int8)",
     .example = "0x01040A00",
     .example_schema = R"({"type": "array", "items": "int"})"},
    {.name = "passed_over_by_size",
     .reason = "elements that no column wants are passed over by the size their block states",
     .type = "",
     .value = "<broken>\n$",
     .ours = "",
     .theirs = "avro::Exception",
     .also = nullptr,
     .example_columns = "c0 Int8",
     .example = "0x0102FF000A",
     .example_schema = R"({"type": "record", "name": "Root", "fields": [)"
                       R"({"name": "a", "type": {"type": "array", "items": "long"}}, )"
                       R"({"name": "c0", "type": "int"}]})"},
};

}  // namespace

std::span<const Exception> avro_exceptions() {
  static const auto kAll = joined({kExceptions, avro_type_exceptions()});
  return kAll;
}

}  // namespace penstock::oracle
