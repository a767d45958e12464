#include <regex>
#include <set>
#include <string>

#include "difference_tests.h"
#include "exceptions_protobuf.h"

namespace penstock::oracle {
namespace {

/// Or it is not known which column it is.
bool has_parts(const Difference& difference) {
  static const std::regex parts("Array|Map|Tuple|^$");
  return std::regex_search(difference.type, parts);
}

/// As Protobuf's text format has the entries of a map.
bool gives_a_key_twice(const Difference& difference) {
  static const std::regex key(R"re(key: ("(?:[^"\\]|\\.)*"|[^ ]+))re");
  const std::string& value = difference.value;
  std::set<std::string> seen;
  for (std::sregex_iterator at(value.begin(), value.end(), key), end; at != end; ++at) {
    if (!seen.insert((*at)[1]).second) return true;
  }
  return false;
}

/// The column's field, as the format's text notes it.
bool gives_it_twice(const Difference& difference) {
  const std::size_t note = difference.message.rfind(" twice:");
  if (note == std::string::npos) return false;
  if (difference.column.empty()) return true;
  const std::string field = difference.column.substr(0, difference.column.find('.'));
  return (difference.message.substr(note) + " ").find(" " + field + " ") != std::string::npos;
}

/// The same inside a container, where only the values tell: ClickHouse refused one that does not
/// stand in the message as Protobuf reads it.
bool is_given_twice(const Difference& difference) {
  static const std::regex refused(
      "(?:Could not convert value|Unknown element) '([^']*)'|overflow(?:: (\\d+))?|Too large "
      "value");
  if (gives_it_twice(difference) || gives_a_key_twice(difference)) return true;
  std::smatch found;
  if (!has_parts(difference) || !std::regex_search(difference.theirs, found, refused)) return false;
  const std::string value = found[1].matched ? found[1].str() : found[2].str();
  return value.empty() || difference.value.find(value) == std::string::npos;
}

/// The message, which Protobuf itself can read, does not have the column's field.
bool is_absent(const Difference& difference) {
  return difference.value.empty() && is_whole_message(difference);
}

/// The same, or a field inside the column may be left out.
bool may_be_absent(const Difference& difference) {
  static const std::regex empty(R"re(""|^$)re");
  return has_parts(difference) || std::regex_search(difference.value, empty);
}

bool is_absent_or_spells_a_zero(const Difference& difference) {
  return is_absent(difference) || (!difference.value.empty() && spells_a_zero(difference));
}

/// Ours is a list of lists or zeroes.
bool has_only_empty_elements(const Difference& difference) {
  return difference.theirs == "[]" &&
         difference.ours.find_first_of("123456789") == std::string::npos;
}

bool has_another_member(const Difference& difference) {
  return difference.message.find("_or: ") != std::string::npos;
}

constexpr std::string_view kText = R"(syntax = "proto3"; message Row { string c0 = 1; })";

constexpr Exception kExceptions[] = {
    {.name = "key_given_twice",
     .reason = "of a map's key given twice the last value counts, as Protobuf says",
     .type = R"re(\bMap\()re",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = has_a_key_twice,
     .example_columns = "c0 Map(String, UInt8)",
     .example = R"(c0 { key: "a" value: 1 } c0 { key: "a" value: 2 })",
     .example_schema = R"(syntax = "proto3"; message Row { map<string, int32> c0 = 1; })"},
    {.name = "text_given_twice",
     .reason = "of a text given twice the last one counts; ClickHouse joins them or stores none",
     .type = "String",
     .value = ".",
     .ours = "",
     .theirs = "",
     .also = gives_it_twice,
     .example_columns = "c0 String",
     .example = R"(hex 0a 01 61 0a 01 62)",
     .example_schema = kText},
    {.name = "absent_text",
     .reason =
         "a field that is not there is missing; ClickHouse reads the empty text in its place, "
         "and inside lists and maps says code 49, a fault of its own",
     .type = "",
     .value = "",
     .ours = "",
     .theirs =
         "value '' from type String|Attempt to read after eof|value is too short|Cannot parse "
         "(uuid|IPv.) :|"
         "field size 0 is not|expected 'eof' before: '0'|Unknown element '7?' for enum|Decimal "
         "value "
         "is too big|"
         "Code: 49.* Cannot pop \\d+ rows from",
     .also = may_be_absent,
     .example_columns = "c0 UInt8",
     .example = R"()",
     .example_schema = kText},
    {.name = "absent_moment",
     .reason = "the same for a moment",
     .type = "Date",
     .value = "^[, ]*$",
     .ours = "",
     .theirs = "Cannot parse (DateTime|datetime|date)",
     .example_columns = "c0 DateTime('UTC')",
     .example = "",
     .example_schema = kText},
    {.name = "absent_entry",
     .reason = "the same for an enum whose first entry the column does not have",
     .type = "Enum",
     .value = "",
     .ours = "",
     .theirs = "Could not convert value '-?[0-9]+' from type enum",
     .also = may_be_absent,
     .example_columns = "c0 Enum8('a' = 1)",
     .example = R"()",
     .example_schema =
         R"(syntax = "proto3"; message Row { enum E { NONE = 0; a = 1; } E c0 = 1; })"},
    {.name = "given_twice_unfit_first",
     .reason = "of a field given twice the last value counts; ClickHouse refuses the first already",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "Could not convert value|Unknown element",
     .also = is_given_twice,
     .example_columns = "c0 UInt8",
     .example = "hex 08 ac 02 08 05",
     .example_schema = R"(syntax = "proto3"; message Row { int32 c0 = 1; })"},
    {.name = "given_twice_unreadable_first",
     .reason = "of a field given twice the last value counts; ClickHouse refuses the first already",
     .type = "",
     .value = "",
     .ours = "",
     .theirs =
         "Too large value for FixedString|Decimal (convert|math) overflow|Too many digits|"
         "expected 'eof' before|Decimal value is too big|Attempt to read after eof|Cannot parse",
     .also = is_given_twice,
     .example_columns = "c0 FixedString(1)",
     .example = R"(hex 0a 02 61 61 0a 01 62)",
     .example_schema = kText},
    {.name = "last_of_a_oneof",
     .reason = "the last member of a oneof is the one that is set, as Protobuf says; ClickHouse "
               "takes all",
     .type = "",
     .value = "^$|_or: ",
     .ours = "",
     .theirs = "",
     .also = has_another_member,
     .example_columns = "c0 UInt8",
     .example = R"(hex 08 05 10 06)",
     .example_schema =
         R"(syntax = "proto3"; message Row { oneof o { int32 c0 = 1; int32 c0_or = 2; } })"},
    {.name = "last_of_a_oneof_refused",
     .reason = "the same, where ClickHouse refuses the member that counts for nothing",
     .type = "",
     .value = "^$|_or: ",
     .ours = "",
     .theirs = "Could not convert|Too large|overflow|Cannot parse|Unknown element",
     .also = has_another_member,
     .example_columns = "c0 UInt8",
     .example = R"(hex 08 ac 02 10 06)",
     .example_schema =
         R"(syntax = "proto3"; message Row { oneof o { int32 c0 = 1; int32 c0_or = 2; } })"},
    {.name = "absent_is_a_value",
     .reason = "what is left out is the zero of a field without presence, or the default its "
               "schema writes; ClickHouse makes it null",
     .type = "Nullable",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = has_more_nulls,
     .example_columns = "c0 Nullable(UInt8)",
     .example = R"()",
     .example_schema = R"(syntax = "proto3"; message Row { int32 c0 = 1; })"},
    {.name = "absent_is_no_value",
     .reason = "a field with presence that is not there leaves the column's own default, not the "
               "zero of its kind as text",
     .type = "String|Enum",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = is_absent_or_spells_a_zero,
     .example_columns = "c0 String",
     .example = R"()",
     .example_schema = R"(syntax = "proto2"; message Row { optional int32 c0 = 1; })"},
    {.name = "absent_message_with_defaults",
     .reason = "a message that is not there leaves the column's own default; ClickHouse takes the "
               "defaults that the schema writes for the fields inside it",
     .type = "Tuple",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = is_absent,
     .example_columns = "c0 Tuple(x UInt8)",
     .example = R"()",
     .example_schema = R"(syntax = "proto2"; message Row { message M { optional int32 x = 1 )"
                       R"([default = 7]; } optional M c0 = 1; })"},
    {.name = "list_of_other_messages",
     .reason = "a list of messages gives a Nested as many elements, also where none of its fields "
               "has a column; ClickHouse gives it none",
     .type = "Array",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = has_only_empty_elements,
     .example_columns = "`c0.x` Array(UInt8)",
     .example = R"(c0 { })",
     .example_schema = R"(syntax = "proto3"; message Row { message M { } repeated M c0 = 1; })"},
};

}  // namespace

std::span<const Exception> protobuf_field_exceptions() { return kExceptions; }

}  // namespace penstock::oracle
