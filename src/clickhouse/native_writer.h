#pragma once

#include "clickhouse/insert_statement.h"
#include "model/block.h"
#include "model/native_output.h"

namespace penstock::clickhouse {

/// Writes the block as ClickHouse's Native format over HTTP (revision 0) in the
/// shape `plan` announced. Borrows the block's memory: keep it until sent.
void write_native(const Block& block, const InsertPlan& plan, NativeOutput& out);

}  // namespace penstock::clickhouse
