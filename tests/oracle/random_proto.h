#pragma once

#include <string>

#include "model/table.h"
#include "random.h"

namespace penstock::oracle {

/// The table as one Tuple; the columns of a flattened Nested, "c0.x", are one Array of Tuples.
Type row_type(const Table& table);

/// .proto source of a message Row that plausibly feeds such rows: a field per element, mostly of
/// a kind that fits; some are missing, of another kind, or nobody's.
std::string random_proto(const Type& row, Random& random);

}  // namespace penstock::oracle
