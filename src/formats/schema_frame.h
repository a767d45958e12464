#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "contract/schema_source.h"
#include "formats/inflater.h"
#include "formats/message_indexes.h"
#include "formats/record_decoder.h"

namespace penstock {

/// A message without its frame: which schema it was written with, and its bytes.
struct FramedMessage {
  SchemaName schema;               // ConfiguredSchema when the message names none
  std::string_view payload;        // lives until the next message is read
  MessageIndexes message_indexes;  // Protobuf
};

/// How the numbers of Protobuf's message indexes are written. `plain` is what
/// confluent-kafka-python wrote before 1.8.
enum class IndexCoding : std::uint8_t { zigzag, plain };

/// Takes the frame off messages: Confluent's id (00) and GUID (01) in front, either of them in the
/// header __value_schema_id, AWS Glue's version (03) in front. One topic may mix them. A message
/// that begins otherwise has no frame.
///
/// The header comes before what stands in front, the last one of its name counts. It is not read
/// where it cannot matter: in JSON, and in Protobuf behind a frame, with which no Protobuf begins.
///
/// Threads: one lane.
class FrameReader {
 public:
  /// `type`: a frame of Protobuf ends with message indexes.
  /// `max_payload_bytes`: how large a compressed payload may become.
  FrameReader(SchemaType type, std::size_t max_payload_bytes,
              IndexCoding indexes = IndexCoding::zigzag);

  /// Refuses a frame that is cut off or compressed in an unknown way.
  std::optional<RecordRefusal> read(const RecordView& record, FramedMessage& into);

 private:
  bool reads_headers(std::string_view value) const;
  std::optional<RecordRefusal> read_glue(std::string_view rest, FramedMessage& into);

  const SchemaType type_;
  const std::size_t max_payload_bytes_;
  const IndexCoding indexes_;
  Inflater inflater_;
};

}  // namespace penstock
