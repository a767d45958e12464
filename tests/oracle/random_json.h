#pragma once

#include <string>

#include "model/table.h"
#include "random.h"

namespace penstock::oracle {

/// A message for the table as JSONEachRow: mostly an object, sometimes several, whose fields fit
/// their columns, in any order, some missing, null, unknown or given twice, some of another kind;
/// now and then with bytes changed.
std::string random_json_message(const Table& table, Random& random);

}  // namespace penstock::oracle
