#include "exceptions_protobuf.h"

#include <iterator>
#include <regex>

#include "difference_tests.h"

namespace penstock::oracle {
namespace {

bool has_a_group(const Difference& difference) {
  return difference.message.find(" group: ") != std::string::npos;
}

/// A field that no schema here has, and that no message was given on purpose.
bool has_an_odd_field(const Difference& difference) {
  static const std::regex unknown(R"re((^|[ {])(?!77777)\d+: )re");
  return std::regex_search(difference.message, unknown);
}

/// Protobuf's own library cannot read it, or reads fields of the schema as unknown ones, as their
/// wire type is another.
bool is_not_of_the_schema(const Difference& difference) {
  static const std::regex unknown(R"re((^|[ {])(?!77777)\d+(:| \{))re");
  return is_no_whole_message(difference) || std::regex_search(difference.message, unknown);
}

bool has_a_long_number(const Difference& difference) {
  return difference.message.find(" long: ") != std::string::npos;
}

/// A String, also inside the column, has a list's JSON on our side only.
bool is_our_list(const Difference& difference) {
  static const std::regex inside(R"re('\[(\]|["{\d-]|true|false|null))re");
  const auto lists = [&](const std::string& text) {
    const bool is_one = difference.type.find("Array") == std::string::npos &&
                        text.starts_with('[') && text.ends_with(']');
    return std::distance(std::sregex_iterator(text.begin(), text.end(), inside), {}) +
           (is_one ? 1 : 0);
  };
  return lists(difference.ours) > lists(difference.theirs);
}

constexpr std::string_view kText = R"(syntax = "proto3"; message Row { string c0 = 1; })";

constexpr Exception kExceptions[] = {
    {.name = "broken_message",
     .reason =
         "bytes that are no message, or not one of this schema, are refused; ClickHouse reads "
         "what it can of them",
     .type = "",
     .value = "",
     .ours = "^decode.broken: ",
     .theirs = "",
     .also = is_not_of_the_schema,
     .example_columns = "c0 UInt8",
     .example = "hex 0d 05 00 00 00",
     .example_schema = R"(syntax = "proto3"; message Row { int32 c0 = 1; })"},
    {.name = "group",
     .reason = "a group that no column asks for is passed over, as any unknown field",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "Protobuf messages are corrupted",
     .also = has_a_group,
     .example_columns = "c0 UInt8",
     .example = R"(hex 0a 01 35 13 08 01 14)",
     .example_schema = kText},
    {.name = "tag_of_many_bits",
     .reason = "bits of a tag beyond 32 are dropped, as Protobuf's own library does",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "Protobuf messages are corrupted",
     .also = has_an_odd_field,
     .example_columns = "c0 UInt8",
     .example = R"(hex 0a 01 35 80 a0 80 80 10 01)",
     .example_schema = kText},
    {.name = "number_of_many_bits",
     .reason = "the same for bits of a number beyond 64, and of a known field's tag or length",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "Protobuf messages are corrupted",
     .also = has_a_long_number,
     .example_columns = "c0 Bool",
     .example = "hex 08 80 80 80 80 80 80 80 80 80 02",
     .example_schema = R"(syntax = "proto3"; message Row { bool c0 = 1; })"},
    {.name = "wrapper_as_tuple",
     .reason = "a wrapper is one value and no Tuple; ClickHouse makes one of zeroes",
     .type = "Tuple",
     .value = "",
     .ours = R"re(^decode\.wrong_type: .*: cannot take a message google\.protobuf\.\w+Value$)re",
     .theirs = "",
     .example_columns = "c0 Nullable(Tuple(x Nullable(UInt32)))",
     .example = R"(c0 { value: "a" })",
     .example_schema = R"(syntax = "proto3"; import "google/protobuf/wrappers.proto"; )"
                       R"(message Row { google.protobuf.StringValue c0 = 1; })"},
    {.name = "odd_true",
     .reason = "every number but 0 is true, as Protobuf says",
     .type = "",
     .value = "true",
     .ours = "",
     .theirs = "Could not convert value '[0-9]+' from type bool",
     .example_columns = "c0 Bool",
     .example = "hex 08 02",
     .example_schema = R"(syntax = "proto3"; message Row { bool c0 = 1; })"},
    {.name = "address_with_a_rest",
     .reason = "text behind an address makes it none",
     .type = "IPv",
     .value = "",
     .ours = R"re(^decode\.unreadable: .*: cannot read (the bytes )?")re",
     .theirs = "",
     .example_columns = "c0 IPv4",
     .example = R"(c0: "1.2.3.4.5")",
     .example_schema = kText},
    {.name = "bytes_as_address_or_uuid",
     .reason = "bytes of an address or a UUID may be its text, or 16 raw ones in a UUID",
     .type = "UUID|IPv|^$",
     .value = "",
     .ours = "",
     .theirs = "Could not convert bytes field .* to (IPv|UUID)|Cannot parse (uuid|UUID|IPv)",
     .example_columns = "c0 IPv6",
     .example = R"(c0: "::1")",
     .example_schema = R"(syntax = "proto3"; message Row { bytes c0 = 1; })"},
    {.name = "entry_by_number",
     .reason =
         "an Enum takes entries by their names only; ClickHouse gives those of other names by "
         "their number, which may be another entry",
     .type = "Enum",
     .value = "",
     .ours = R"re(^decode\.unreadable: .*: cannot read -?\w+( \(-?\d+\))?$)re",
     .theirs = "",
     .example_columns = "c0 Enum8('none' = 0, 'a' = 1)",
     .example = "hex 08 00",
     .example_schema =
         R"(syntax = "proto3"; message Row { enum E { NONE = 0; a = 1; } optional E c0 = 1; })"},
    {.name = "list_for_one_value",
     .reason = "a list is no single value; ClickHouse takes its last element",
     .type = "",
     .value = "",
     .ours = "cannot take a list$",
     .theirs = "",
     .example_columns = "c0 UInt8",
     .example = R"(c0: 1 c0: 2)",
     .example_schema = R"(syntax = "proto3"; message Row { repeated int32 c0 = 1; })"},
    {.name = "list_as_text",
     .reason = "a list in a String is JSON; ClickHouse keeps its last element only",
     .type = "String",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = is_our_list,
     .example_columns = "c0 String",
     .example = R"(c0: 1 c0: 2)",
     .example_schema = R"(syntax = "proto3"; message Row { repeated int32 c0 = 1; })"},
    {.name = "does_not_fit",
     .reason = "a column costs only the messages that have its field; ClickHouse refuses the table",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "cannot be serialized to the field|must be repeated|level of repeatedness|"
               "The number of fields in Protobuf message|Not found matches between the names of|"
               "Couldn't find mapping between data type",
     .example_columns = "c0 UInt8",
     .example = "",
     .example_schema =
         R"(syntax = "proto3"; message Row { message M { int32 x = 1; } M c0 = 1; })"},
    {.name = "broken_where_nobody_looks",
     .reason = "of a oneof only the last member is read: what is broken in another does no harm",
     .type = "",
     .value = "^$",
     .ours = "",
     .theirs = "Protobuf messages are corrupted|Attempt to read after eof",
     .also = is_no_whole_message,
     .example_columns = "c0 Tuple(x UInt8)",
     .example = "hex 0a 02 09 00 10 01",
     .example_schema = R"(syntax = "proto3"; message Row { message M { int32 x = 1; } )"
                       R"(oneof o { M c0 = 1; int32 c0_or = 2; } })"},
};

}  // namespace

std::span<const Exception> protobuf_exceptions() {
  static const auto kAll = joined({kExceptions, protobuf_field_exceptions(),
                                   protobuf_number_exceptions(), protobuf_moment_exceptions()});
  return kAll;
}

}  // namespace penstock::oracle
