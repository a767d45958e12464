#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "contract/source.h"
#include "kafka/source.h"

namespace penstock::kafka {

/// Plays the lane: opens a source, polls it and keeps what came.
class Reader {
 public:
  explicit Reader(SourceOptions options);

  Source<RecordBatch>& source() { return *source_; }

  /// Ends the source, closed or not.
  void drop() { source_.reset(); }

  /// Polls until `enough` or twenty seconds have passed; false then.
  bool poll_until(const std::function<bool()>& enough);
  void poll_for(std::chrono::milliseconds time);
  /// One poll; keeps what it brings, or its error in last_error.
  void poll_once(std::chrono::milliseconds wait = std::chrono::milliseconds(20));

  /// Commits everything read so far.
  Status commit();

  std::vector<std::string> values() const;

  std::vector<RecordBatch> batches;
  std::set<LogId> owned;
  std::map<LogId, std::string> notes;  // that came with the logs gained
  std::set<LogId> leaving;
  std::set<LogId> lost;
  std::vector<LostOffsets> lost_offsets;
  bool caught_up = false;
  std::optional<Error> last_error;

 private:
  std::unique_ptr<Source<RecordBatch>> source_;
};

}  // namespace penstock::kafka
