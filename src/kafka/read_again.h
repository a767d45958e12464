#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "base/result.h"
#include "kafka/assignment.h"
#include "kafka/client.h"
#include "kafka/source.h"
#include "model/block.h"

namespace penstock::kafka {

/// Reads single records by position, with a client of its own that joins no
/// group. Batches come in the order of `origins`: each run of one log is one
/// batch. Records that the log no longer has come with a null key and value.
/// Errors: retry when not all logs could be read within `limit`.
Result<std::vector<RecordBatch>> read_again(const ClientSettings& settings,
                                            const Assignment& assignment,
                                            std::span<const RowOrigin> origins,
                                            std::chrono::milliseconds limit);

}  // namespace penstock::kafka
