#include "clickhouse/message_position.h"

#include "clickhouse/row_binary.h"
#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {

MessagePosition read_position(RowBinary& answer) {
  MessagePosition position;
  position.topic = answer.text();
  position.partition = answer.number<std::int32_t>();
  position.offset = answer.number<std::int64_t>();
  return position;
}

std::string is_one_of(std::span<const MessagePosition> positions, const PositionColumns& columns) {
  std::string sql;
  const MessagePosition* log = nullptr;
  for (const MessagePosition& position : positions) {
    const bool is_same_log =
        log != nullptr && log->topic == position.topic && log->partition == position.partition;
    if (is_same_log) {
      sql += ", " + std::to_string(position.offset);
      continue;
    }
    sql += log == nullptr ? "((" : ")) OR (";
    log = &position;
    sql += quote_name(columns.topic) + " = " + quote_string(position.topic) + " AND " +
           quote_name(columns.partition) + " = " + std::to_string(position.partition) + " AND " +
           quote_name(columns.offset) + " IN (" + std::to_string(position.offset);
  }
  return log == nullptr ? "0" : sql + ")))";
}

}  // namespace penstock::clickhouse
