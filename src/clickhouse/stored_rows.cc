#include "clickhouse/stored_rows.h"

#include "clickhouse/row_binary.h"
#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {

Result<std::set<MessagePosition>> find_stored(Client& client, const std::string& table,
                                              const PositionColumns& columns,
                                              const std::vector<MessagePosition>& positions) {
  std::set<MessagePosition> stored;
  if (positions.empty()) return stored;
  const std::string query = "SELECT DISTINCT toString(" + quote_name(columns.topic) +
                            "), toInt32(" + quote_name(columns.partition) + "), toInt64(" +
                            quote_name(columns.offset) + ") FROM " + table + " WHERE " +
                            is_one_of(positions, columns) + " FORMAT RowBinary";
  PENSTOCK_TRY(answer, client.send({.query = query,
                                    .settings = {{"wait_end_of_query", "1"}},
                                    .purpose = "Reading positions of " + table}));
  RowBinary rows(answer.text);
  while (!rows.at_end()) stored.insert(read_position(rows));
  return stored;
}

}  // namespace penstock::clickhouse
