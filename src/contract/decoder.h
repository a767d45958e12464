#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/block.h"
#include "model/record.h"

namespace penstock {

/// A record that cannot become a row. Data, not an exception: it is counted,
/// kept for the dead-letter store and shown to the operator.
struct Reject {
  std::uint32_t record = 0;  // index in its batch
  std::string_view code;     // a key of the error catalogue
  std::string field;         // destination column, empty when the whole message is meant
  std::string detail;
};

/// Turns payload bytes into rows.
///
/// Promises: each record adds all its rows to every column, or adds nothing and
/// one Reject, or (a tombstone, as the mapping says) adds nothing. Threads: one lane; keep scratch
/// memory as members. Errors: only for what concerns the whole batch, such as a
/// registry outage; then nothing of the batch stays in the block.
class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual Status decode(const RecordBatch& batch, Block& into, std::vector<Reject>& rejects) = 0;
};

}  // namespace penstock
