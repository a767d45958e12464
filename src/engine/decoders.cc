#include "engine/decoders.h"

#include <utility>

#include "base/check.h"
#include "formats/avro/decoder.h"
#include "formats/json/decoder.h"
#include "formats/protobuf/decoder.h"

namespace penstock {
RecordLimits record_limits(const PipeSettings& settings) {
  return {.max_message_bytes = settings.max_message_bytes,
          .max_depth = settings.max_depth,
          .max_string_bytes = settings.max_string_bytes.value_or(settings.max_message_bytes)};
}

Result<std::unique_ptr<Decoder>> make_decoder(const PipeDocument& document, Mapping mapping,
                                              std::shared_ptr<SchemaSource> schemas) {
  using kafka::MessageFormat;
  const RecordLimits limits = record_limits(document.settings);
  const kafka::SourceSettings& source = *document.source.kafka;
  const MessageFormat format = source.format;
  switch (format) {
    case MessageFormat::json_each_row: return make_json_decoder(std::move(mapping), limits);
    case MessageFormat::protobuf:
      return make_protobuf_decoder(
          std::move(mapping), limits,
          {.schemas = std::move(schemas),
           .message = source.protobuf_message,
           .indexes = source.protobuf_plain_indexes ? IndexCoding::plain : IndexCoding::zigzag});
    case MessageFormat::avro:
    case MessageFormat::avro_confluent:
      return make_avro_decoder(
          std::move(mapping), limits,
          {.framing = format == MessageFormat::avro ? AvroFraming::plain : AvroFraming::registry,
           .schemas = std::move(schemas)});
  }
  PENSTOCK_CHECK(false, "a format that nobody decodes");
}

}  // namespace penstock
