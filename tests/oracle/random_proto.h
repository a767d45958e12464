#pragma once

#include <map>
#include <string>

#include "model/table.h"
#include "random.h"

namespace penstock::oracle {

/// The table as one Tuple; the columns of a flattened Nested, "c0.x", are one Array of Tuples.
Type row_type(const Table& table);

struct ProtoFiles {
  std::string main;
  std::map<std::string, std::string> imports;  // by the name that `main` has for them
};

/// .proto source of a message Row that plausibly feeds such rows: a field per element, mostly of
/// a kind that fits; some are missing, of another kind, or nobody's. In some, types of fields are
/// imported.
ProtoFiles random_proto(const Type& row, Random& random);

}  // namespace penstock::oracle
