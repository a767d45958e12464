#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/pipe_document.h"
#include "engine/pipe_events.h"

namespace penstock {

/// Writes the history of pipes to penstock.pipe_log in their own ClickHouse, on a
/// thread of its own. Best effort: it never holds a pipe back, drops the oldest
/// entries when ClickHouse stays away, and says once when it cannot write.
///
/// Threads: keep() from any.
class PipeLog {
 public:
  explicit PipeLog(const clickhouse::DestinationSettings& destination);
  /// Tries once more to write the last entries, for two seconds at most.
  ~PipeLog();

  void keep(const PipeLogEntry& entry);

 private:
  struct Writer;

  void work(const std::stop_token& stop);

  std::unique_ptr<Writer> writer_;
  std::mutex mutex_;  // guards entries_
  std::condition_variable_any wake_;
  std::deque<PipeLogEntry> entries_;
  std::jthread thread_;
};

}  // namespace penstock
