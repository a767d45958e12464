#pragma once

#include <memory>
#include <string>

#include "base/byte_budget.h"
#include "clickhouse/client.h"
#include "contract/decoder.h"
#include "contract/sink.h"
#include "contract/source.h"
#include "engine/block_growth.h"
#include "engine/dead_letters.h"
#include "engine/open_block.h"
#include "engine/pipe_document.h"
#include "formats/record_decoder.h"
#include "kafka/source.h"
#include "model/mapping.h"

namespace penstock {

/// How large blocks are, and how large they may grow while the pipe is behind. A size
/// the document gives is kept to; others are chosen so that, of `budget` bytes, there is room
/// for the block being filled, those being inserted and one more.
struct SealRange {
  SealPolicy steady;
  SealPolicy largest;
};
SealRange seal_range(const PipeSettings& settings, std::size_t budget);

/// Everything a lane of one pipe works with, made from the document and from what
/// the destination says of its table. Holds resources, has started no work.
struct PipeParts {
  /// Creates a managed table when it does not exist. Errors: whatever ClickHouse
  /// says; pipe.mapping when document and table do not fit.
  static Result<std::unique_ptr<PipeParts>> build(const PipeDocument& document,
                                                  bool until_caught_up);

  explicit PipeParts(std::size_t memory_limit) : budget(memory_limit, nullptr) {}

  ByteBudget budget;
  SealRange seal;
  std::unique_ptr<Source<RecordBatch>> source;
  std::unique_ptr<Decoder> decoder;
  std::unique_ptr<Sink<Block>> sink;
  std::unique_ptr<OpenBlock> open;
  std::unique_ptr<DeadLetters> dead_letters;
  std::string summary;  // one line for the log: from where to where
};

RecordLimits record_limits(const PipeSettings& settings);

/// How the document wants its topics read; a member of the group that never ends.
kafka::SourceOptions source_options(const PipeDocument& document);

/// Makes the managed table when it does not exist, and maps the document onto the
/// table as the server describes it.
Result<Mapping> find_mapping(const PipeDocument& document, clickhouse::Client& client);

}  // namespace penstock
