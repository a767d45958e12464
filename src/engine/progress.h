#pragma once

#include <atomic>
#include <cstdint>

namespace penstock {

/// Counters of one pipe, from its start. Written by the lane and its delivery
/// threads, read by displays and metrics. Threads: any.
struct Progress {
  std::atomic<std::uint64_t> records{0};        // taken from the source
  std::atomic<std::uint64_t> bytes{0};          // of their values
  std::atomic<std::uint64_t> rows{0};           // acknowledged by the destination
  std::atomic<std::uint64_t> rejects{0};        // set aside in the error table
  std::atomic<std::uint64_t> inserts{0};        // acknowledged blocks
  std::atomic<std::uint64_t> retries{0};        // deliveries tried again
  std::atomic<std::int64_t> last_insert_ms{0};  // since 1970, 0 = none yet
  std::atomic<std::int64_t> lag{0};             // records behind the end of the logs we own
  std::atomic<std::int64_t> to_go{0};           // records left to drain
  std::atomic<std::int64_t> to_drain{0};        // records to drain, as of start
};

}  // namespace penstock
