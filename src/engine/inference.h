#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/pipe_document.h"
#include "engine/topic_samples.h"
#include "formats/inference/proposal.h"

namespace penstock {

struct InferenceOptions {
  /// Messages read at the beginning, the middle and the end of every partition.
  std::size_t samples = 200;
};

/// A table for what is in the topics, and what it was learned from.
struct Inference {
  Proposal proposal;
  TopicSamples samples;
  std::uint64_t rows = 0;            // in the samples, where they told the columns
  std::vector<std::string> schemas;  // that told the columns, the newest first
};

/// Reads samples of every partition and proposes columns for them: for JSON those that hold all
/// messages read, for Avro and Protobuf those of the schemas that the messages name; where none
/// names one those of the document's schema, else of the latest one the registry has for the topic.
/// Joins no group, commits nothing, asks nothing of ClickHouse. The same messages and schemas give
/// the same answer.
///
/// Errors: those of the Kafka source and of the registry; infer.no_messages when no JSON was there
/// that could be read; schema.unknown and schema.unusable when there is no schema to learn from.
Result<Inference> infer_table(const PipeDocument& document, const InferenceOptions& options,
                              const std::stop_token& stop);

}  // namespace penstock
