#pragma once

#include "model/table.h"

namespace penstock {

/// Whether null in a message counts as a field that is missing: the column cannot hold null
/// and the server has a DEFAULT expression for it (ClickHouse: input_format_null_as_default).
bool null_is_missing(const TableColumn& column);

}  // namespace penstock
