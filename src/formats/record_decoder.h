#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
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
  /// Bytes of one text or bytes value that goes into a column, as the message spells it.
  std::size_t max_string_bytes = std::numeric_limits<std::size_t>::max();
};

/// Why a record did not become a row.
struct RecordRefusal {
  std::string_view code;                 // a key of the error catalogue
  std::optional<std::size_t> slot = {};  // the column, or none when the whole message is meant
  std::string detail;
};

/// One record that is being decoded.
struct RecordView {
  const RecordBatch& batch;
  std::size_t index;
  std::string_view value;
};

/// What a value without a byte is in a format. A record without a value is a tombstone in all.
enum class EmptyMessage : std::uint8_t { is_broken, is_a_message };

/// Base of all decoders. It owns what they have in common: tombstones, empty and
/// oversized messages, virtual columns, undoing the rows of a refused message and
/// those of a batch that has to be decoded again. A format writes decode_record() only.
///
/// Threads: one lane.
class RecordDecoder : public Decoder {
 public:
  Status decode(const RecordBatch& batch, Block& into, std::vector<Reject>& rejects) final;

 protected:
  RecordDecoder(Mapping mapping, RecordLimits limits, EmptyMessage empty = EmptyMessage::is_broken);

  /// The records that follow go into this block, until the next call.
  virtual void start_batch(Block& /*into*/) {}

  /// Writes the rows of one message, mostly one: for each, one value or put_missing() into
  /// every payload slot, then close_row(). Or says why not; then the caller undoes them all.
  /// The value is not above the size limit, and empty only where that is a message.
  virtual std::optional<RecordRefusal> decode_record(const RecordView& record, Block& into) = 0;

  /// Adds the record's metadata to the row being written and ends it.
  std::optional<RecordRefusal> close_row(const RecordView& record, Block& into) const;

  /// For decode_record() to return when no record can be decoded for now, such as
  /// while a registry is away: decode() undoes the batch and returns the error.
  RecordRefusal give_up_batch(Error reason);

  /// `found` is the refused value as it stood in the message.
  RecordRefusal refuse_value(Fit fit, std::size_t slot, std::string_view found) const;
  /// Of a value above max_string_bytes.
  RecordRefusal refuse_length(std::size_t slot, std::size_t bytes) const;

  const Mapping& mapping() const noexcept { return mapping_; }
  const RecordLimits& limits() const noexcept { return limits_; }

 private:
  std::optional<RecordRefusal> write_rows(const RecordView& record, Block& into);
  std::optional<RecordRefusal> write_tombstone(const RecordView& record, Block& into);
  std::optional<RecordRefusal> read_key(const RecordView& record, Block& into);

  const Mapping mapping_;
  const RecordLimits limits_;
  const EmptyMessage empty_;
  std::optional<Error> outage_;
  std::optional<Block> key_row_;  // of a tombstone; knows of each column whether the key has it
};

/// A value for an error text: at most 200 bytes of it, control characters and
/// bytes that are not UTF-8 spelled out ("\n", "\xff").
std::string quote_value(std::string_view value);

}  // namespace penstock
