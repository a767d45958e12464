#include <cmath>
#include <cstdlib>

#include "exceptions_protobuf.h"

namespace penstock::oracle {
namespace {

/// Both sides stored the same number but for the last digits of a float.
bool is_nearly_equal(const Difference& difference) {
  constexpr double kOfAFloat = 1e-6;
  const double ours = std::strtod(difference.ours.c_str(), nullptr);
  const double theirs = std::strtod(difference.theirs.c_str(), nullptr);
  return std::abs(ours - theirs) <= std::abs(ours) * kOfAFloat;
}

constexpr Exception kExceptions[] = {
    {.name = "decimal_beyond_its_precision",
     .reason = "a number of more digits than its type has is refused",
     .type = "Decimal",
     .value = "",
     .ours = R"re(^decode\.out_of_range: .*: cannot take [-+0-9.e]+: out of range$)re",
     .theirs = "",
     .example_columns = "c0 Decimal(3, 2)",
     .example = R"(c0: 31)",
     .example_schema = R"(syntax = "proto3"; message Row { int32 c0 = 1; })"},
    {.name = "enum_beyond_range",
     .reason = "an enum's number that its integer cannot hold is refused; ClickHouse cuts it",
     .type = R"re(\bU?Int(8|16)\b)re",
     .value = "",
     .ours = R"re(^decode\.out_of_range: .*: cannot take [A-Za-z_]\w*: out of range$)re",
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
     .value = R"re(^-?\d+(\.\d+)?(e[-+]\d+)?$)re",
     .ours = "",
     .theirs = "",
     .also = is_nearly_equal,
     .example_columns = "c0 Decimal32(6)",
     .example = "c0: -971.633",
     .example_schema = R"(syntax = "proto3"; message Row { float c0 = 1; })"},
    {.name = "zero_with_an_exponent",
     .reason = "0e4 is 0",
     .type = "Decimal",
     .value = R"re(^"-?0(\.0*)?[eE]\+?\d+"$)re",
     .ours = "",
     .theirs = "Decimal value is too big: 0 digits were read",
     .example_columns = "c0 Decimal(4, 4)",
     .example = R"(c0: "0e4")",
     .example_schema = R"(syntax = "proto3"; message Row { string c0 = 1; })"},
    {.name = "infinite_float",
     .reason = "infinity is infinity in a Float32 too",
     .type = "Float32",
     .value = "inf",
     .ours = "",
     .theirs = "Could not convert value '-?inf' from type Float64 to type Float32",
     .example_columns = "c0 Float32",
     .example = "c0: inf",
     .example_schema = R"(syntax = "proto3"; message Row { double c0 = 1; })"},
};

}  // namespace

std::span<const Exception> protobuf_number_exceptions() { return kExceptions; }

}  // namespace penstock::oracle
