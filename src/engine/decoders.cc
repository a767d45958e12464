#include "engine/decoders.h"

#include <fmt/format.h>

#include <utility>

#include "formats/json/decoder.h"

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
  return {.max_message_bytes = settings.max_message_bytes, .max_depth = settings.max_depth};
}

Result<std::unique_ptr<Decoder>> make_decoder(const PipeDocument& document, Mapping mapping,
                                              std::shared_ptr<SchemaSource> /*schemas*/) {
  using kafka::MessageFormat;
  const RecordLimits limits = record_limits(document.settings);
  const MessageFormat format = document.source.kafka->format;
  switch (format) {
    case MessageFormat::json_each_row: return make_json_decoder(std::move(mapping), limits);
    case MessageFormat::avro:
    case MessageFormat::avro_confluent:
    case MessageFormat::protobuf: break;
  }
  return not_in_this_build(format);
}

}  // namespace penstock
