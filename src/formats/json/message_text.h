#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "formats/schema_frame.h"

namespace penstock::json {

/// Finds the JSON of a record: behind a schema's frame and a byte order mark, if there are any.
///
/// Threads: one lane.
class MessageText {
 public:
  /// `max_payload_bytes`: how large a compressed payload may become.
  explicit MessageText(std::size_t max_payload_bytes)
      : frames_(SchemaType::json, max_payload_bytes) {}

  /// `into` lives until the next call. Refuses a frame that cannot be read. The record's value
  /// is not empty.
  std::optional<RecordRefusal> find(const RecordView& record, std::string_view& into) {
    into = record.value;
    if (static_cast<unsigned char>(into.front()) < kFirstBlank) [[unlikely]] {
      if (auto refusal = frames_.read(record, framed_)) return refusal;
      into = framed_.payload;
    }
    if (into.starts_with(kByteOrderMark)) into.remove_prefix(kByteOrderMark.size());
    return std::nullopt;
  }

 private:
  /// No JSON begins below it: what does has the frame of a schema in front.
  static constexpr unsigned char kFirstBlank = '\t';
  static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

  FrameReader frames_;
  FramedMessage framed_;
};

}  // namespace penstock::json
