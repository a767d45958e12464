#include "exceptions_json.h"

#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>

namespace penstock::oracle {
namespace {

/// Neither one value nor several objects, by a judge that belongs to neither side.
bool is_no_json(const Difference& difference) {
  if (difference.message.find_first_not_of(" \t\r\n") == std::string::npos) return true;
  static const std::regex between(R"re(\}\s*,?\s*\{)re");
  const std::string rows = std::regex_replace(difference.message, between, "},{");
  return !nlohmann::json::accept(difference.message) && !nlohmann::json::accept("[" + rows + "]");
}

/// The refused column, or any where it is not known.
bool gives_its_key_twice(const Difference& difference) {
  const std::regex key(R"re("()re" + (difference.column.empty() ? "c\\d" : difference.column) +
                       R"re()[^"]*" *\s*:)re");
  std::map<std::string, int> times;
  for (std::sregex_iterator at(difference.message.begin(), difference.message.end(), key), end;
       at != end; ++at) {
    if (++times[(*at)[1]] > 1) return true;
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
     .also = is_no_json,
     .example_columns = "c0 UInt8",
     .example = R"({"c0":})"},
    {.name = "given_twice",
     .reason = "of a key given twice the last value counts; ClickHouse refuses the row",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "Duplicate field found|appears more than once",
     .also = nullptr,
     .example_columns = "c0 UInt8",
     .example = R"({"c0":1,"c0":2})"},
    {.name = "given_twice_unfit_first",
     .reason = "the same, where ClickHouse refuses the first value already",
     .type = "",
     .value = "",
     .ours = "",
     .theirs = "Exception",
     .also = gives_its_key_twice,
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
     .type = "Int|Float|Decimal|Date|Time|UUID|IPv|Bool|Enum|^$",
     .value = R"re(\\)re",
     .ours = "",
     .theirs = R"re((before: '|here: |IPv[46] |Unexpected data ')[^\\]{0,20}\\|)re"
               R"re(Cannot parse (UUID|infinity|nan|NaN|exponent while|number without any)|)re"
               R"re(Cannot parse (time:|Time64:)|)re"
               R"re(Cannot read (floating point|DateTime: (unexpected|neither)))re",
     .also = nullptr,
     .example_columns = "c0 UUID",
     .example = R"({"c0":"\u00361f0c404-5cb3-11e7-907b-a6006ad3dba0"})"},
};

}  // namespace

std::span<const Exception> json_message_exceptions() { return kExceptions; }

}  // namespace penstock::oracle
