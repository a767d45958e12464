#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "clickhouse/spec.h"
#include "model/table.h"

namespace penstock::clickhouse {

/// The table as `destination.columns` and `tableDefinition` describe it.
/// Errors: pipe.mapping for a type that cannot be read, naming the column.
Result<Table> described_table(const DestinationSettings& destination);

/// What `found`, the table there is, has otherwise than the document says: one sentence each,
/// naming the column. Nothing where the document says nothing.
std::vector<std::string> differences(const DestinationSettings& destination, const Table& found);

/// What became of the columns of a table between two looks at it, one short text each:
/// "column `n` was added (UInt64)". Empty when none changed.
std::vector<std::string> column_changes(const Table& before, const Table& now);

}  // namespace penstock::clickhouse
