#include "exceptions_json.h"

namespace penstock::oracle {
namespace {

/// Some column's name stands there twice.
bool gives_a_key_twice(const Difference& difference) {
  const std::string& message = difference.message;
  for (std::size_t at = message.find("\"c"); at != message.npos; at = message.find("\"c", at + 1)) {
    const std::string key = message.substr(at, message.find('"', at + 1) - at + 1);
    if (message.find(key, at + 1) != message.npos) return true;
  }
  return false;
}

constexpr Exception kExceptions[] = {
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
    {.name = "escapes_nobody_reads",
     .reason = "escapes in fields without a column are not looked at",
     .type = "^$",
     .value = R"re(\\u)re",
     .ours = "",
     .theirs = "Cannot parse escape sequence",
     .also = nullptr,
     .example_columns = "c0 UInt8",
     .example = R"({"c0":1,"x":"\ud800"})"},
    {.name = "escapes",
     .reason = "every JSON string may be escaped; ClickHouse reads numbers, dates, UUIDs and "
               "addresses from the raw text",
     .type = "Int|Float|Decimal|Date|Time|UUID|IPv|Bool|Enum",
     .value = R"re(\\)re",
     .ours = "",
     .theirs = "Cannot|Unexpected data|Invalid|neither Date nor Time",
     .also = nullptr,
     .example_columns = "c0 UUID",
     .example = R"({"c0":"\u00361f0c404-5cb3-11e7-907b-a6006ad3dba0"})"},
};

}  // namespace

std::span<const Exception> json_message_exceptions() { return kExceptions; }

}  // namespace penstock::oracle
