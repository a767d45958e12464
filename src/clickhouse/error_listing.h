#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "clickhouse/client.h"
#include "clickhouse/spec.h"

namespace penstock::clickhouse {

/// What to print of the error rows of a pipe.
struct ErrorListing {
  std::string pipe;
  std::string where;        // SQL over the error table; empty: all
  std::uint64_t limit = 0;  // rows, the newest
  bool whole = false;       // every column, messages and headers too; else one line for each
  bool as_json = false;     // an object per line, with the column's names; else for people
};

/// The rows as ClickHouse prints them. Bytes that are no UTF-8 come as "0x…".
/// Errors: those of Client; clickhouse.missing_table when nothing was ever set aside.
Result<std::string> list_errors(Client& client, const DestinationSettings& destination,
                                const ErrorListing& listing);

}  // namespace penstock::clickhouse
