#pragma once

#include <string>
#include <vector>

#include "contract/decoder.h"
#include "model/block.h"

namespace penstock {

/// Makes rows of the error table (clickhouse/error_table.h) of records that could not become
/// rows of the destination.
class DeadLetters {
 public:
  DeadLetters(std::string pipe_id, std::string pipe_name)
      : pipe_id_(std::move(pipe_id)), pipe_name_(std::move(pipe_name)) {}

  void add(const RecordBatch& batch, const std::vector<Reject>& rejects, Block& into) const;

 private:
  void add_row(const RecordBatch& batch, const Reject& reject, Block& into) const;

  const std::string pipe_id_;
  const std::string pipe_name_;
};

}  // namespace penstock
