#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/schema_source.h"
#include "engine/pipe_document.h"
#include "formats/schema_frame.h"
#include "model/record.h"

namespace penstock {

/// A schema that messages were written with, as they name it.
struct WriterSeen {
  SchemaName schema;
  MessageIndexes message_indexes;  // Protobuf: see FramedMessage
  std::string file_schema;         // Avro container files: the schema's text
  std::int64_t latest_ms = 0;      // timestamp of the newest message
};

/// Which schemas messages of a format with schemas were written with.
class WritersSeen {
 public:
  /// `document`: its format is not JSON.
  explicit WritersSeen(const PipeDocument& document);

  SchemaType type() const noexcept { return type_; }

  /// Says why the message names no schema where it should.
  std::optional<std::string> add(const RecordBatch& batch, std::size_t index);

  /// The newest first: registries count ids up; where there are none, by the messages' timestamps.
  std::vector<WriterSeen> newest_first() const;

 private:
  void note(WriterSeen writer);

  const SchemaType type_;
  const bool has_files_;
  FrameReader frames_;
  FramedMessage framed_;
  std::vector<WriterSeen> writers_;
};

}  // namespace penstock
