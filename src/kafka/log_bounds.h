#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "kafka/source.h"

namespace penstock::kafka {

/// Where a log begins and ends now, and how far the pipe's group is with it.
struct LogBounds {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t begin = 0;  // of what the log still has, and the strategy wants
  std::int64_t end = 0;    // the next offset; under read_committed, of what is decided
  std::optional<std::int64_t> committed;  // by the group, if anything
};

/// Asks for all logs of the options' topics, in their order. Joins no group and reads nothing.
/// Errors: those of make_source(); retry when not all was answered within `limit`.
Result<std::vector<LogBounds>> find_log_bounds(SourceOptions options,
                                               std::chrono::milliseconds limit);

}  // namespace penstock::kafka
