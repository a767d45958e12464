#include "clickhouse/error_listing.h"

#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

constexpr std::string_view kLine =
    "_timestamp, concat(_topic, ':', toString(_partition), ':', toString(_offset)) AS position, "
    "error_type, error_field, leftUTF8(error, 120) AS reason, replayed_at";

std::string readable(const std::string& column) {
  return "if(isValidUTF8(" + column + "), " + column + ", concat('0x', hex(" + column + ")))";
}

std::string every_column() {
  return "* REPLACE (" + readable("raw_message") + " AS raw_message, " + readable("_key") +
         " AS _key, arrayMap(value -> " + readable("value") +
         ", _header_values) AS _header_values)";
}

std::string format_of(const ErrorListing& listing) {
  if (listing.as_json) return "JSONEachRow";
  return listing.whole ? "Vertical" : "PrettyCompactNoEscapesMonoBlock";
}

}  // namespace

Result<std::string> list_errors(Client& client, const DestinationSettings& destination,
                                const ErrorListing& listing) {
  const std::string table = quote_table(destination.database, error_table_name(destination));
  // The line feed ends a comment that `where` may end in.
  const std::string where = listing.where.empty() ? "" : " AND (" + listing.where + "\n)";
  const std::string query = "SELECT " + (listing.whole ? every_column() : std::string(kLine)) +
                            " FROM (SELECT * FROM " + table +
                            " WHERE pipe_name = " + quote_string(listing.pipe) + where +
                            " ORDER BY _timestamp DESC, _topic, _partition, _offset LIMIT " +
                            std::to_string(listing.limit) + ") FORMAT " + format_of(listing);
  PENSTOCK_TRY(answer, client.send({.query = query,
                                    .settings = {{"wait_end_of_query", "1"},
                                                 {"output_format_pretty_max_rows", "1000000000"}},
                                    .purpose = "Reading " + table}));
  return std::move(answer.text);
}

}  // namespace penstock::clickhouse
