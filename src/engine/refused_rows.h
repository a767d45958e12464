#pragma once

#include <vector>

#include "contract/source.h"
#include "engine/dead_letters.h"
#include "engine/delivery.h"
#include "engine/progress.h"

namespace penstock {

/// Rows the destination refused for a value, on their way to the error table. A
/// block only knows where its rows came from; their messages are read again from
/// the source, so that memory need not hold every message until its insert.
///
/// Threads: one lane.
class RefusedRows {
 public:
  RefusedRows(Source<RecordBatch>& source, DeadLetters& dead_letters, Progress& progress)
      : source_(source), dead_letters_(dead_letters), progress_(progress) {}

  /// The tickets must have been shared: they are settled once more with the error rows.
  void add(std::vector<RefusedRow> rows, std::vector<Ticket> tickets);
  bool empty() const noexcept { return waiting_.empty(); }

  /// Makes error rows of all that wait. Errors: those of Source::read_again(); what
  /// was not moved keeps waiting.
  Status set_aside();

 private:
  struct Waiting {
    std::vector<RefusedRow> rows;
    std::vector<Ticket> tickets;
  };

  void add_error_rows(const Waiting& waiting, const std::vector<RecordBatch>& batches);

  Source<RecordBatch>& source_;
  DeadLetters& dead_letters_;
  Progress& progress_;
  std::vector<Waiting> waiting_;
};

}  // namespace penstock
