#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "difference_tests.h"
#include "exceptions_protobuf.h"

namespace penstock::oracle {
namespace {

/// Whether the path of a field belongs to the column or holds it; an unknown column may be any.
bool concerns(std::string_view path, std::string_view column) {
  const auto holds = [](std::string_view outer, std::string_view inner) {
    return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.');
  };
  return column.empty() || holds(path, column) || holds(column, path);
}

/// Whether such a field is among those that readable_message() notes under `what`.
bool is_noted(std::string_view what, const Difference& difference) {
  const std::size_t note = difference.message.rfind(what);
  if (note == std::string::npos) return false;
  std::istringstream paths(difference.message.substr(note + what.size()));
  for (std::string path; paths >> path && !path.ends_with(':');) {
    if (concerns(path, difference.column)) return true;
  }
  return false;
}

/// The column's own field, of a kind without presence, is written as zero.
bool is_written_zero(const Difference& difference) {
  return is_noted(" zero:", difference) && difference.value.empty();
}

bool gives_it_twice(const Difference& difference) { return is_noted(" twice:", difference); }

/// Anywhere in the message: what stands behind it is read wrong too.
bool has_an_empty_list(const Difference& difference) {
  return difference.message.find(" empty:") != std::string::npos;
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

bool is_given_twice(const Difference& difference) {
  return gives_it_twice(difference) || gives_a_key_twice(difference);
}

/// The message, which Protobuf itself can read, does not have the column's field.
bool is_absent(const Difference& difference) {
  return difference.value.empty() && is_whole_message(difference);
}

/// A field of the column is not there, in some message inside it; or is its zero, or empty text.
bool lacks_something(const Difference& difference) {
  return is_absent(difference) || is_noted(" absent:", difference) ||
         is_noted(" zero:", difference) || difference.value.find("\"\"") != std::string::npos;
}

bool lacks_it_for_a_null(const Difference& difference) {
  return lacks_something(difference) && has_more_nulls(difference);
}

/// Ours has more nulls, and a wrapper in the column holds its zero.
bool leaves_a_null_for_a_wrapper(const Difference& difference) {
  static const std::regex wrapped(R"re( (c\d[^ ]*)\.value\b)re");
  const Difference turned{.ours = difference.theirs, .theirs = difference.ours};
  if (!has_more_nulls(turned)) return false;
  const std::string& message = difference.message;
  for (std::sregex_iterator at(message.begin(), message.end(), wrapped), end; at != end; ++at) {
    if (concerns(at->str(1), difference.column)) return true;
  }
  return false;
}

/// ClickHouse's side has the defaults that schemas here write, 7 and true.
bool takes_a_default(const Difference& difference) {
  static const std::regex a_default(R"re(\b7\b|true|-01-08)re");
  return lacks_something(difference) && std::regex_search(difference.theirs, a_default);
}

bool is_absent_or_spells_a_zero(const Difference& difference) {
  return is_absent(difference) || (lacks_something(difference) && spells_a_zero(difference));
}

/// Ours is a list of lists or zeroes.
bool has_only_empty_elements(const Difference& difference) {
  return difference.theirs == "[]" &&
         difference.ours.find_first_of("123456789") == std::string::npos;
}

/// The message has the other member of the column's oneof, or of one inside it.
bool has_another_member(const Difference& difference) {
  const auto has = [](const std::string& text, const std::string& member) {
    return text.find(member + "_or: ") != std::string::npos;
  };
  if (has(difference.value, "")) return true;
  const std::string field = difference.column.substr(0, difference.column.find('.'));
  return difference.value.empty() &&
         has(" " + difference.message, field.empty() ? "" : " " + field);
}

/// ClickHouse has an Enum's entry 0, or cannot print the 0 it stored, where we have another.
bool takes_entry_zero(const Difference& difference) {
  static const std::regex zero(R"re(('(?:[^'\\]|\\.)*') = 0\b)re");
  std::smatch entry;
  if (difference.theirs == "<unreadable>") return true;
  return std::regex_search(difference.type, entry, zero) &&
         difference.theirs.find(entry.str(1)) != std::string::npos &&
         difference.ours.find(entry.str(1)) == std::string::npos;
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
     .also = lacks_something,
     .example_columns = "c0 UInt8",
     .example = R"()",
     .example_schema = kText},
    {.name = "absent_moment",
     .reason = "the same for a moment",
     .type = "Date",
     .value = "",
     .ours = "",
     .theirs = "Cannot parse (DateTime|datetime|date)",
     .also = lacks_something,
     .example_columns = "c0 DateTime('UTC')",
     .example = "",
     .example_schema = kText},
    {.name = "absent_entry",
     .reason = "the same for an enum whose first entry the column does not have",
     .type = "Enum",
     .value = "",
     .ours = "",
     .theirs = "Could not convert value '-?[0-9]+' from type enum|Unexpected value 0 in enum",
     .also = lacks_something,
     .example_columns = "c0 Enum8('a' = 1)",
     .example = R"()",
     .example_schema =
         R"(syntax = "proto3"; message Row { enum E { NONE = 0; a = 1; } E c0 = 1; })"},
    {.name = "given_twice_unfit_first",
     .reason = "of a field given twice the last value counts; ClickHouse refuses the first already",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "Could not convert value|Unknown element|Unexpected value .* in enum|"
               "More than \\d+ elements was read",
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
     .value = "",
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
     .value = "",
     .ours = "",
     .theirs = ".",
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
     .also = lacks_it_for_a_null,
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
     .also = takes_a_default,
     .example_columns = "c0 Tuple(x UInt8)",
     .example = R"()",
     .example_schema = R"(syntax = "proto2"; message Row { message M { optional int32 x = 1 )"
                       R"([default = 7]; } optional M c0 = 1; })"},
    {.name = "default_as_truth",
     .reason = "a default that is no truth leaves the column's own; ClickHouse reads 7 as true",
     .type = "Bool",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = takes_a_default,
     .example_columns = "`c0.x` Array(Bool)",
     .example = "c0 { }",
     .example_schema = R"(syntax = "proto2"; message Row { message M { optional string x = 1 )"
                       R"([default = "7"]; } repeated M c0 = 1; })"},
    {.name = "empty_wrapper",
     .reason = "a wrapper's zero that the column cannot take is missing, as any zero without "
               "presence; ClickHouse takes the column's zero",
     .type = "Nullable",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = leaves_a_null_for_a_wrapper,
     .example_columns = "c0 Nullable(UUID)",
     .example = "c0 { }",
     .example_schema = R"(syntax = "proto3"; import "google/protobuf/wrappers.proto"; )"
                       R"(message Row { google.protobuf.StringValue c0 = 1; })"},
    {.name = "empty_packed_list",
     .reason = "a packed list may be empty and go on elsewhere; ClickHouse loses its place",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "Protobuf messages are corrupted|Attempt to read after eof|Could not convert",
     .also = has_an_empty_list,
     .example_columns = "c0 Array(UInt16)",
     .example = "hex 0a 00 0a 02 04 09",
     .example_schema = R"(syntax = "proto3"; message Row { repeated int32 c0 = 1; })"},
    {.name = "value_as_tuple",
     .reason = "a single value is no Tuple; ClickHouse fills one of one element with it",
     .type = "Tuple",
     .value = "",
     .ours = R"re(^decode\.wrong_type: .*: cannot take (true|nan|-?inf|-?\d|"|the bytes ))re",
     .theirs = "",
     .example_columns = "c0 Tuple(x UInt8)",
     .example = "c0: 5",
     .example_schema = R"(syntax = "proto3"; message Row { int32 c0 = 1; })"},
    {.name = "zero_as_tuple",
     .reason = "the same for a zero, which then is missing",
     .type = "^Tuple",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = is_written_zero,
     .example_columns = "c0 Tuple(x Nullable(UInt8))",
     .example = "hex 08 00",
     .example_schema = R"(syntax = "proto3"; message Row { int32 c0 = 1; })"},
    {.name = "enum_without_zero",
     .reason =
         "where no value comes an enum takes its first one; ClickHouse stores 0, which may be "
         "without a name",
     .type = "Enum",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = takes_entry_zero,
     .example_columns = "`c0.x` Array(UInt8), `c0.y` Array(Enum8('a' = 1))",
     .example = "c0 { x: 5 }",
     .example_schema =
         R"(syntax = "proto3"; message Row { message M { int32 x = 1; } repeated M c0 = 1; })"},
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
