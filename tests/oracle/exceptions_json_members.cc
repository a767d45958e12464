#include <regex>
#include <string>

#include "difference_tests.h"
#include "exceptions_json.h"

namespace penstock::oracle {
namespace {

/// A Variant is shown with its member's number in front; inside other types, and where one of its
/// members holds a Variant, it is not known. None of the numbers may be lost that way.
bool chooses_another_member(const Difference& difference) {
  if (!keeps_the_numbers(difference, difference.ours)) return false;
  constexpr std::string_view kNull = "FF";
  if (difference.type.rfind("Variant") != 0) return true;
  const std::string_view ours = std::string_view(difference.ours).substr(0, 2);
  return ours != kNull && ours != std::string_view(difference.theirs).substr(0, 2);
}

/// ClickHouse stored other numbers than the message has, or read one from a text that is none; or
/// it is open whether it did.
bool may_change_a_number(const Difference& difference) {
  static const std::regex open("Date|Time|IPv|UUID|Enum|Bool");
  static const std::regex no_number(R"re("(?!-?\d+(\.\d+)?([eE][-+]?\d+)?")[^"]*"(?!\s*:))re");
  return std::regex_search(difference.type, open) ||
         difference.value.find('\\') != std::string::npos ||
         std::regex_search(difference.value, no_number) ||
         !keeps_the_numbers(difference, difference.theirs);
}

bool keeps_its_numbers(const Difference& difference) {
  return keeps_the_numbers(difference, difference.ours);
}

constexpr Exception kExceptions[] = {
    {.name = "another_member",
     .reason = "a Variant takes the member that fits exactly, by the order of docs/reference; "
               "ClickHouse the first it can parse",
     .type = "Variant",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = chooses_another_member,
     .example_columns = "c0 Variant(Time, String)",
     .example = R"({"c0":"12:34:56"})"},
    {.name = "container_without_member",
     .reason = "a container is refused where one of its values fits no member that has its shape",
     .type = "Variant",
     .value = R"re(\[|\{)re",
     .ours = R"re(^decode\..* cannot take an (array|object)(: out of range)?$)re",
     .theirs = "",
     .also = may_change_a_number,
     .example_columns = "c0 Geometry",
     .example = R"({"c0":[1e400,0]})"},
    {.name = "member_clickhouse_misses",
     .reason = "a value that a member takes as a column of its type would",
     .type = "Variant|^$",
     .value = "",
     .ours = "",
     .theirs = "Cannot parse JSON value of type (Variant|Geometry)",
     .also = nullptr,
     .example_columns = "c0 Variant(Decimal(9, 2), Date)",
     .example = R"({"c0":"1.5"})"},
    {.name = "container_in_dynamic",
     .reason = "objects in a Dynamic are JSON, not Tuples; what elements have in common is found "
               "without changing them (true stays true beside 1)",
     .type = "Dynamic",
     .value = R"re(\[|\{)re",
     .ours = "",
     .theirs = "",
     .also = keeps_its_numbers,
     .example_columns = "c0 Dynamic",
     .example = R"({"c0":{"a":null}})"},
    {.name = "large_number_in_json",
     .reason = "JSON and Dynamic hold numbers of 64 bits: others are refused, where ClickHouse "
               "rounds them, makes them infinite or text",
     .type = "Dynamic|JSON",
     .value = R"re(\d{19}|[eE]\+?\d{3})re",
     .ours = R"re(^decode\.out_of_range: .*: )re"
             R"re(cannot take (an object|an array|[-+.\deE]+): out of range$)re",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Dynamic",
     .example = R"({"c0":[18446744073709551616]})"},
    {.name = "ambiguous_in_dynamic",
     .reason = "ClickHouse refuses objects whose fields differ in kind, as it wants one Tuple",
     .type = "Dynamic",
     .value = R"re(\{)re",
     .ours = "",
     .theirs = "JSON objects have ambiguous data|Cannot infer named Tuple|Names of tuple "
               "elements|while reading the value "
               "of nested key",
     .also = nullptr,
     .example_columns = "c0 Dynamic",
     .example = R"({"c0":[{"x":{"y":1}},{"x":[1]}]})"},
    {.name = "path_twice_in_a_member",
     .reason = "a JSON whose path comes twice is refused by the server, also inside a Variant; "
               "ClickHouse's parser then tries the other members",
     .type = "",
     .value = "",
     .ours = "^the server refused our row: .*Duplicate path found during parsing JSON object",
     .theirs = "",
     .also = nullptr,
     .example_columns = "c0 Variant(String, Tuple(JSON))",
     .example = R"({"c0":[{"b":["a"],"b":null}]})"},
    {.name = "objects_in_dynamic",
     .reason = "a list of objects is a list of JSON in a Dynamic; ClickHouse takes the first one's "
               "Tuple for all",
     .type = "Dynamic",
     .value = R"re(\[.*\{)re",
     .ours = "",
     .theirs = "Cannot parse input: expected",
     .also = nullptr,
     .example_columns = "c0 Dynamic",
     .example = R"({"c0":[{"x":28,"k":48},{"x":[34],"k":[]}]})"},
};

}  // namespace

std::span<const Exception> json_member_exceptions() { return kExceptions; }

}  // namespace penstock::oracle
