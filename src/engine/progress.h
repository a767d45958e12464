#pragma once

#include <atomic>
#include <cstdint>

namespace penstock {

/// Counters of one lane, from the start of its pipe. Written by the lane and its
/// delivery threads, read by displays and metrics. Threads: any.
struct alignas(64) Progress {                    // lanes write theirs without disturbing each other
  std::atomic<std::uint64_t> records{0};         // taken from the source
  std::atomic<std::uint64_t> bytes{0};           // of their values
  std::atomic<std::uint64_t> rows{0};            // acknowledged by the destination
  std::atomic<std::uint64_t> rejects{0};         // set aside in the error table
  std::atomic<std::uint64_t> lost_offsets{0};    // gone before they were read
  std::atomic<std::uint64_t> inserts{0};         // acknowledged blocks
  std::atomic<std::uint64_t> retries{0};         // deliveries tried again
  std::atomic<std::uint64_t> too_many_parts{0};  // of these, for that reason
  std::atomic<std::int64_t> last_insert_ms{0};   // since 1970, 0 = none yet
  std::atomic<std::int64_t> lag{0};              // records behind the end of the logs we own
  std::atomic<std::int64_t> to_go{0};            // records left to drain
  std::atomic<std::int64_t> to_drain{0};         // records to drain, as of start

  /// The lane has ended: what it counted stays, what it was to do is nobody's.
  void leave() {
    lag = 0;
    to_go = 0;
    to_drain = 0;
  }
};

/// The same of a whole pipe, at one moment.
struct PipeProgress {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;
  std::uint64_t rejects = 0;
  std::uint64_t lost_offsets = 0;
  std::uint64_t inserts = 0;
  std::uint64_t retries = 0;
  std::int64_t last_insert_ms = 0;
  std::int64_t lag = 0;
  std::int64_t to_go = 0;
  std::int64_t to_drain = 0;

  void add(const Progress& lane) {
    records += lane.records;
    bytes += lane.bytes;
    rows += lane.rows;
    rejects += lane.rejects;
    lost_offsets += lane.lost_offsets;
    inserts += lane.inserts;
    retries += lane.retries;
    if (lane.last_insert_ms > last_insert_ms) last_insert_ms = lane.last_insert_ms;
    lag += lane.lag;
    to_go += lane.to_go;
    to_drain += lane.to_drain;
  }
};

}  // namespace penstock
