#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/byte_budget.h"
#include "clickhouse/client.h"
#include "clickhouse/delivery_guarantee.h"
#include "clickhouse/sink.h"
#include "contract/decoder.h"
#include "contract/schema_source.h"
#include "contract/sink.h"
#include "contract/source.h"
#include "engine/block_growth.h"
#include "engine/dead_letters.h"
#include "engine/expired_names.h"
#include "engine/open_ranges.h"
#include "engine/pipe_document.h"
#include "engine/reject_rate.h"
#include "engine/seal_pressure.h"
#include "engine/table_watch.h"
#include "kafka/source.h"
#include "model/mapping.h"

namespace penstock {

/// How large blocks are, and how large they may grow while the pipe is behind. A size
/// the document gives is kept to; others are chosen so that, of `budget` bytes, there is room
/// for the blocks being filled, those being inserted and one more.
struct SealRange {
  SealPolicy steady;
  SealPolicy largest;
};
SealRange seal_range(const PipeSettings& settings, std::size_t budget, std::size_t lanes);

/// How many lanes a pipe of so many logs has, on so many cores.
std::size_t count_lanes(const PipeSettings& settings, std::size_t logs, std::size_t cores);

/// What one lane has to itself.
struct PipeLane {
  PipeLane(std::size_t memory_limit, ByteBudget& parent) : budget(memory_limit, &parent) {}

  ByteBudget budget;
  std::unique_ptr<Source<RecordBatch>> source;
  std::unique_ptr<Decoder> decoder;
  std::unique_ptr<OpenRanges> open;
};

/// Everything the lanes of one pipe work with, made from the document and from what
/// the destination says of its table. Holds resources, has started no work.
struct PipeParts {
  /// Creates a managed table when it does not exist. `document` outlives the parts; `schemas`,
  /// null without registry and schema, serves all lanes. Errors:
  /// whatever ClickHouse and Kafka say; pipe.mapping when document and table do not fit.
  static Result<std::unique_ptr<PipeParts>> build(const PipeDocument& document,
                                                  const std::shared_ptr<SchemaSource>& schemas,
                                                  bool until_caught_up);

  /// `pipe`: its name.
  PipeParts(const std::string& pipe, std::size_t memory_limit);

  ByteBudget budget;
  SealRange seal;
  SealPressure pressure;
  RejectLimit reject_limit;
  std::unique_ptr<TableWatch> table;  // null: the table is never looked at again
  std::chrono::milliseconds look_every{15'000};
  std::vector<std::string> differences;         // of the table from the document, one sentence each
  clickhouse::Destination destination;          // what it can honour
  bool exactly_once = false;                    // what it does
  std::unique_ptr<ExpiredNames> expired_names;  // with exactly-once only
  std::unique_ptr<Sink<Block>> sink;
  std::string run;           // unlike that of any other run; delivery names begin with it
  DeadLetters dead_letters;  // of all lanes
  std::vector<std::unique_ptr<PipeLane>> lanes;
  std::string summary;  // one line for the log: from where to where
};

/// How the document wants its topics read; a member of the group that never ends.
kafka::SourceOptions source_options(const PipeDocument& document);

/// Makes the managed table when it does not exist. Returns the table as the server describes it.
Result<Table> find_table(const PipeDocument& document, clickhouse::Client& client);

/// Whether each record is to be stored exactly once. Errors: engine.exactly_once when the document
/// says so and the destination cannot.
Result<bool> choose_exactly_once(const PipeDocument& document,
                                 const clickhouse::DeliveryGuarantee& guarantee);

/// What the document gives to each insert.
clickhouse::UrlSettings insert_settings(const PipeSettings& settings);

/// How the document wants its inserts sent. What the guarantee needs comes before what it says.
clickhouse::SinkOptions sink_options(const PipeSettings& settings,
                                     const clickhouse::DeliveryGuarantee& guarantee);

/// Maps the document onto its table, by fieldMappings or by name. Of a table that is not ours,
/// `destination.columns` are the ones to write.
Result<Mapping> map_table(const PipeDocument& document, const Table& table);

}  // namespace penstock
