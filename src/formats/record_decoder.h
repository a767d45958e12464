#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/decoder.h"
#include "model/mapping.h"

namespace penstock {

/// How large one message may be. Applies to every format.
struct RecordLimits {
  std::size_t max_message_bytes = 16u << 20;
  /// Objects and arrays inside each other; the outermost one counts as 1.
  std::size_t max_depth = 256;
};

/// Why a record did not become a row.
struct RecordRefusal {
  std::string_view code;                 // a key of the error catalogue
  std::optional<std::size_t> slot = {};  // the column, or none when the whole message is meant
  std::string detail;
};

/// Base of the decoders that make one row of one message. It owns what they
/// have in common: tombstones, empty and oversized messages, virtual columns,
/// closing the row or undoing it. A format writes decode_record() only.
///
/// Threads: one lane.
class RecordDecoder : public Decoder {
 public:
  Status decode(const RecordBatch& batch, Block& into, std::vector<Reject>& rejects) final;

 protected:
  RecordDecoder(Mapping mapping, RecordLimits limits);

  /// The records that follow go into this block, until the next call.
  virtual void start_batch(Block& /*into*/) {}

  /// Puts one value, or put_missing(), into every payload slot of the row being
  /// written, or says why not; then the caller undoes the row.
  /// `value` is neither empty nor above the size limit.
  virtual std::optional<RecordRefusal> decode_record(std::string_view value, Block& into) = 0;

  /// `found` is the refused value as it stood in the message.
  RecordRefusal refuse_value(Fit fit, std::size_t slot, std::string_view found) const;

  const Mapping& mapping() const noexcept { return mapping_; }
  const RecordLimits& limits() const noexcept { return limits_; }

 private:
  std::optional<RecordRefusal> fill_row(const RecordBatch& batch, std::size_t record, Block& into);

  const Mapping mapping_;
  const RecordLimits limits_;
};

/// A value for an error text: at most 200 bytes of it, control characters and
/// bytes that are not UTF-8 spelled out ("\n", "\xff").
std::string quote_value(std::string_view value);

}  // namespace penstock
