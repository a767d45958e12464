#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/pipe_document.h"
#include "engine/sampler.h"
#include "formats/inference/proposal.h"

namespace penstock {

struct InferenceOptions {
  /// Messages read at the beginning, the middle and the end of every partition.
  std::size_t samples = 200;
};

/// A table for what is in the topics, and what it was learned from.
struct Inference {
  Proposal proposal;
  std::uint64_t messages = 0;  // read, tombstones not counted
  std::uint64_t rows = 0;      // in them
  std::size_t partitions = 0;  // that had messages
  std::uint64_t unreadable_messages = 0;
  std::vector<SampleReject> unreadable;  // the first of them
};

/// Reads samples of every partition and proposes columns for them. Joins no group, commits
/// nothing, asks nothing of ClickHouse. The same messages give the same answer.
///
/// Errors: those of the Kafka source; infer.no_messages when nothing was there that could be
/// read; pipe.document for a format that cannot be had.
Result<Inference> infer_table(const PipeDocument& document, const InferenceOptions& options,
                              const std::stop_token& stop);

}  // namespace penstock
