#pragma once

#include <span>
#include <vector>

#include "clickhouse/error_rows.h"
#include "model/record.h"

namespace penstock {

/// Error rows as the records they were, one batch for each run of one log. The batches point into
/// `rows`. An empty key and the time 0 count as none, for the error table does not tell them apart.
std::vector<RecordBatch> records_of(std::span<const clickhouse::ErrorRow> rows);

}  // namespace penstock
