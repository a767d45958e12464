#include "difference_tests.h"
#include "exceptions_protobuf.h"

namespace penstock::oracle {
namespace {

constexpr std::string_view kText = R"(syntax = "proto3"; message Row { string c0 = 1; })";

constexpr Exception kExceptions[] = {
    {.name = "moment_beyond_range",
     .reason = "a moment its type cannot hold is refused; ClickHouse wraps it or stores another",
     .type = "Date",
     .value = "",
     .ours = R"re(^decode\.out_of_range: .*: cannot take (the bytes )?"[^"]*": out of range$)re",
     .theirs = "",
     .example_columns = "c0 DateTime('UTC')",
     .example = R"(c0: "2106-02-07 06:28:16")",
     .example_schema = kText},
    {.name = "count_beyond_range",
     .reason = "a count of seconds or days its type cannot hold is refused; ClickHouse wraps it",
     .type = "Date",
     .value = "",
     .ours = R"re(^decode\.(out_of_range|unreadable): .*: cannot (take|read) )re"
             R"re((nan|-?inf|"?-?\d+([.]\d+)?(e[-+]?\d+)?"?)(: out of range)?$)re",
     .theirs = "",
     .example_columns = "c0 Date32",
     .example = "c0: 2147483647",
     .example_schema = R"(syntax = "proto3"; message Row { int64 c0 = 1; })"},
    {.name = "day_of_any_year",
     .reason = "Date32 holds the years 0 to 9999: ClickHouse 26.7 stores and shows them, but its "
               "parsers clamp to 1900 to 2299",
     .type = "Date32",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = clamps_a_day,
     .example_columns = "c0 Date32",
     .example = R"(c0: "9999-12-31")",
     .example_schema = kText},
    {.name = "impossible_moment",
     .reason = "no such day or hour: refused, where ClickHouse takes another near it",
     .type = "Date",
     .value = "",
     .ours = R"re(^decode\.unreadable: .*: cannot read (the bytes )?" ?)re"
             R"re((\d{4}-(00|13|04-31|\d\d-00|02-29)|0000|)re"
             R"re(\d{4}-\d\d-\d\d[ T](24|23:60|23:59:60)))re",
     .theirs = "",
     .example_columns = "c0 Date",
     .example = R"(c0: "2023-02-29")",
     .example_schema = kText},
    {.name = "no_moment",
     .reason =
         "text that is no whole moment is refused; ClickHouse stores one near what it can read",
     .type = "Date",
     .value = "",
     .ours = R"re(^decode\.unreadable: .*: cannot read (the bytes )?")re",
     .theirs = "",
     .also = is_no_moment,
     .example_columns = "c0 DateTime64(3, 'UTC')",
     .example = R"(c0: "")",
     .example_schema = R"(syntax = "proto3"; message Row { optional string c0 = 1; })"},
    {.name = "moment_in_other_words",
     .reason =
         "a moment may be spelt as in JSON; ClickHouse reads one form of it here, without its zone",
     .type = "DateTime",
     .value = "",
     .ours = "",
     .theirs = "",
     .also = has_an_odd_moment,
     .example_columns = "c0 DateTime64(3, 'UTC')",
     .example = R"(c0: "2024-02-29T12:34:56+02:00")",
     .example_schema = kText},
    {.name = "moment_in_other_words_refused",
     .reason = "the same, where ClickHouse refuses it",
     .type = "Date",
     .value = "\"",
     .ours = "",
     .theirs = "Cannot parse (DateTime|datetime|time component|date)",
     .example_columns = "c0 DateTime64(3, 'UTC')",
     .example = R"(c0: "5 Jan 2024")",
     .example_schema = kText},
    {.name = "zone_of_the_column",
     .reason =
         "a moment without a zone is of the column's; ClickHouse takes the server's for DateTime64",
     .type = "DateTime64\\(\\d, '",
     .value = "\"",
     .ours = "",
     .theirs = "",
     .example_columns = "c0 DateTime64(3, 'Asia/Kolkata')",
     .example = R"(c0: "2024-02-29 12:34:56")",
     .example_schema = kText},
    {.name = "count_by_size",
     .reason = "a count is of seconds, milliseconds, microseconds or nanoseconds by its size",
     .type = "DateTime",
     .value = R"re(\d{11})re",
     .ours = "",
     .theirs = "",
     .example_columns = "c0 DateTime64(3, 'UTC')",
     .example = R"(c0: 1704457896789)",
     .example_schema = R"(syntax = "proto3"; message Row { int64 c0 = 1; })"},
    {.name = "count_by_size_refused",
     .reason = "the same, where ClickHouse refuses so many seconds",
     .type = "DateTime64",
     .value = R"re(\d{11})re",
     .ours = "",
     .theirs = "Decimal convert overflow",
     .example_columns = "c0 DateTime64(9, 'UTC')",
     .example = R"(c0: 1704457896789012345)",
     .example_schema = R"(syntax = "proto3"; message Row { int64 c0 = 1; })"},
};

}  // namespace

std::span<const Exception> protobuf_moment_exceptions() { return kExceptions; }

}  // namespace penstock::oracle
