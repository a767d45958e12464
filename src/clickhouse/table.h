#pragma once

#include <string_view>

#include "base/result.h"
#include "clickhouse/client.h"
#include "model/table.h"

namespace penstock::clickhouse {

/// The table as system.tables and system.columns describe it now. A column whose
/// type we cannot read keeps that text as its type's name: it may stay unmapped.
///
/// Errors: clickhouse.missing_table when the user sees no such table; those of Client.
Result<Table> read_table(Client& client, std::string_view database, std::string_view table);

}  // namespace penstock::clickhouse
