#pragma once

#include <string>
#include <vector>

#include "contract/source.h"
#include "engine/block_pool.h"
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
  RefusedRows(Source<RecordBatch>& source, const DeadLetters& dead_letters, BlockPool& errors,
              Progress& progress)
      : source_(source), dead_letters_(dead_letters), errors_(errors), progress_(progress) {}

  /// `rows` of this block were refused; its tickets are to be settled once more, with them.
  void add(std::vector<RefusedRow> rows, const Sealed<Block>& block);
  bool empty() const noexcept { return waiting_.empty(); }

  /// The error rows for one of those blocks, named after it. Only while not empty().
  /// Errors: those of Source::read_again(); the rows keep waiting then.
  Result<Sealed<Block>> take_next();

 private:
  struct Waiting {
    std::vector<RefusedRow> rows;
    std::vector<Ticket> tickets;
    std::string delivery_id;
    std::optional<SourceRange> range;
    std::shared_ptr<const Lease> lease;
  };

  void add_error_rows(const std::vector<RefusedRow>& rows, const std::vector<RecordBatch>& batches,
                      Block& into);

  Source<RecordBatch>& source_;
  const DeadLetters& dead_letters_;
  BlockPool& errors_;
  Progress& progress_;
  std::vector<Waiting> waiting_;
};

}  // namespace penstock
