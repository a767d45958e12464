#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/pipe_document.h"
#include "engine/sampler.h"
#include "model/record.h"

namespace penstock {

/// What was read of topics, to learn from.
struct TopicSamples {
  std::uint64_t messages = 0;  // tombstones not counted
  std::size_t partitions = 0;  // that had messages
  std::uint64_t unreadable_messages = 0;
  std::vector<SampleReject> unreadable;  // the first of them
};

/// Shown each message once, within a partition in order; the partitions come in any order. Says why
/// a message cannot be read.
using Learn =
    std::function<std::optional<std::string>(const RecordBatch& batch, std::size_t index)>;

/// Reads `samples` messages at the beginning, the middle and the end of every partition. Joins no
/// group, commits nothing. Errors: those of the Kafka source.
Result<TopicSamples> read_samples(const PipeDocument& document, std::size_t samples,
                                  const std::stop_token& stop, const Learn& learn);

}  // namespace penstock
