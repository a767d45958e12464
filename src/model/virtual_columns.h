#pragma once

#include <cstddef>
#include <vector>

#include "model/block.h"
#include "model/mapping.h"
#include "model/record.h"

namespace penstock {

/// A value that was refused, and where.
struct Refusal {
  Fit fit = Fit::ok;
  std::size_t slot = 0;
};

/// Puts the metadata of one record into the slots of the row being written. A
/// key, header value or message that is null on the wire and a timestamp that is
/// not there are nulls; _header_keys and _header_values need Array columns.
/// Returns the first refusal, or Fit::ok. Threads: one lane.
Refusal put_virtual_columns(const std::vector<VirtualTarget>& targets, const RecordBatch& batch,
                            std::size_t record, Block& into);

}  // namespace penstock
