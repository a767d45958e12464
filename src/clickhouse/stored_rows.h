#pragma once

#include <set>
#include <vector>

#include "base/result.h"
#include "clickhouse/client.h"
#include "clickhouse/message_position.h"

namespace penstock::clickhouse {

/// Which of these messages have rows in the table. `table` is quoted, `positions` are sorted.
/// Errors: those of Client.
Result<std::set<MessagePosition>> find_stored(Client& client, const std::string& table,
                                              const PositionColumns& columns,
                                              const std::vector<MessagePosition>& positions);

}  // namespace penstock::clickhouse
