#pragma once

#include <memory>
#include <string>
#include <vector>

#include "contract/decoder.h"
#include "engine/open_block.h"
#include "model/block.h"

namespace penstock {

/// Collects records that could not become rows, as rows of the error table
/// (clickhouse/error_table.h). Its blocks leave through the same outbox as the
/// data, and the records' spans stay open until they are stored.
///
/// Threads: one lane.
class DeadLetters {
 public:
  DeadLetters(std::shared_ptr<const BlockLayout> layout, std::string pipe_id, std::string pipe_name,
              std::string delivery_prefix, ByteBudget& budget);

  void add(const RecordBatch& batch, const std::vector<Reject>& rejects);

  /// The error rows being collected; whoever adds some also owes it their tickets.
  OpenBlock& open() noexcept { return open_; }
  bool owns(const Block& block) const { return &block.layout() == layout_.get(); }

 private:
  void add_row(const RecordBatch& batch, const Reject& reject);

  const std::shared_ptr<const BlockLayout> layout_;
  const std::string pipe_id_;
  const std::string pipe_name_;
  OpenBlock open_;
};

}  // namespace penstock
