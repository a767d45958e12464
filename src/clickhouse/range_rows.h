#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result.h"
#include "clickhouse/delivery_guarantee.h"
#include "clickhouse/position_columns.h"
#include "clickhouse/spec.h"
#include "contract/range_rows.h"
#include "model/mapping.h"

namespace penstock::clickhouse {

/// A table that can be asked which records it holds.
struct AskedTable {
  std::string sent_to;  // quoted, as its inserts name it
  std::string table;    // quoted: where the rows are
  PositionColumns columns;
  std::string condition;        // SQL that narrows it to rows of ours; may be empty
  std::string cluster;          // whose servers may run inserts for it; empty: only the one we ask
  std::string sync_statement;   // what brings the replica we ask up to date; may be empty
  bool may_be_missing = false;  // then it holds nothing
  // Names and rows are kept by one act. A MergeTree of one server notes the name first.
  bool is_replicated = false;
};

/// The table of the document. Only where DeliveryGuarantee::why_not_asked is empty.
AskedTable asked_table(const Destination& destination, const Mapping& mapping);

/// Its error table, of which the rows of pipe `pipe_name` count.
AskedTable asked_error_table(const Destination& destination, const DestinationSettings& settings,
                             const std::string& pipe_name);

/// How long an earlier attempt is left alone.
struct Patience {
  std::chrono::milliseconds before_kill{30'000};  // then one that still runs is killed
  std::chrono::milliseconds blind{60'000};        // for one that we may not see
};

/// One connection, used by one question at a time.
Result<std::unique_ptr<RangeRows>> make_range_rows(const DestinationSettings& destination,
                                                   AskedTable table, Patience patience = {});

}  // namespace penstock::clickhouse
