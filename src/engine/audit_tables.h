#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "clickhouse/client.h"
#include "clickhouse/range_rows.h"
#include "contract/range_rows.h"
#include "engine/pipe_document.h"
#include "model/mapping.h"

namespace penstock {

/// What an audit asks of ClickHouse.
struct AuditTables {
  /// Errors: pipe.audit for a table of which nothing can be told; those of Client.
  static Result<AuditTables> find(const PipeDocument& document, const Mapping& mapping,
                                  std::unique_ptr<clickhouse::Client> client);

  std::unique_ptr<clickhouse::Client> client;
  std::optional<clickhouse::AskedTable> table;  // none: only counts
  std::string why_counts;                       // then
  clickhouse::AskedTable errors;                // open or replayed
  std::unique_ptr<RangeRows> rows;              // null: only counts
  std::unique_ptr<RangeRows> open_errors;
  std::unique_ptr<RangeRows> replayed_errors;
};

/// All rows of the destination's table.
Result<std::uint64_t> count_rows(const clickhouse::DestinationSettings& destination);

}  // namespace penstock
