#include "engine/decoders.h"

#include <fmt/format.h>

#include <utility>

#include "formats/json/decoder.h"
#include "formats/protobuf/decoder.h"

namespace penstock {
namespace {

Error not_in_this_build(kafka::MessageFormat format) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "pipe.document",
          .message = fmt::format("source.kafka.format: {} is not in this build yet; use {}",
                                 kafka::wire_name(format),
                                 kafka::wire_name(kafka::MessageFormat::json_each_row))};
}

}  // namespace

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
    case MessageFormat::avro_confluent: break;
  }
  return not_in_this_build(format);
}

}  // namespace penstock
