#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/schema_source.h"
#include "formats/record_decoder.h"

namespace penstock {

/// A message without its frame: which schema it was written with, and its bytes.
struct FramedMessage {
  SchemaName schema;         // ConfiguredSchema when the message names none
  std::string_view payload;  // lives until the next message is read
  /// Protobuf: the path to the message's type in its file; empty when the frame has none.
  std::vector<std::int32_t> message_indexes;
};

/// Takes the frame off messages: Confluent's id (00) and GUID (01) in front, its GUID in the
/// header __value_schema_id, AWS Glue's version (03) in front. One topic may mix them.
///
/// Threads: one lane.
class FrameReader {
 public:
  /// `type`: a frame of Protobuf ends with message indexes.
  /// `max_payload_bytes`: how large a compressed payload may become.
  FrameReader(SchemaType type, std::size_t max_payload_bytes);

  /// Refuses a frame that is cut off or compressed in an unknown way.
  std::optional<RecordRefusal> read(const RecordView& record, FramedMessage& into);

 private:
  const SchemaType type_;
  const std::size_t max_payload_bytes_;
  std::string inflated_;
};

}  // namespace penstock
