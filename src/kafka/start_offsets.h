#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "kafka/assignment.h"
#include "kafka/client.h"
#include "kafka/source.h"
#include "kafka/spec.h"

namespace penstock::kafka {

/// Where to begin with one log.
struct Start {
  std::int64_t offset = 0;
  Position stored;  // what the group has, if anything
};

/// Whether the group's stored positions count.
enum class StoredOffsets : std::uint8_t { use, ignore };

/// Where to begin with these logs, in order: at the group's stored position, though the log may
/// have nothing there any more; where there is none, by the strategy. A partition that was added
/// while we were running begins at its beginning under from_latest too: it held nothing before.
/// Blocks up to `limit` per question asked. Errors: as the brokers gave them.
Result<std::vector<Start>> find_starts(const Client& client, const std::vector<const Log*>& logs,
                                       const OffsetSettings& settings, StoredOffsets stored,
                                       std::chrono::milliseconds limit);

/// Where the region begins in a log that would be read from `start` to `end`.
std::int64_t first_offset(const Region& region, std::int64_t start, std::int64_t end);

/// The present end of these logs, in order; under read_committed, the end of what
/// is decided.
Result<std::vector<std::int64_t>> find_ends(const Client& client,
                                            const std::vector<const Log*>& logs,
                                            std::chrono::milliseconds limit);

}  // namespace penstock::kafka
