#include "produce/message_format.h"

#include <fmt/format.h>

#include "produce/avro.h"
#include "produce/protobuf.h"

namespace penstock::produce {
namespace {

constexpr std::size_t kBlockBytes = 64'000;

}  // namespace

std::string_view schema_of(MessageFormat format, std::string_view event) {
  switch (format) {
    case MessageFormat::json: return "";
    case MessageFormat::avro: return avro_schema(event);
    case MessageFormat::protobuf: return protobuf_schema(event);
  }
  return "";
}

std::string in_format(MessageFormat format, std::string_view event, std::string json,
                      std::optional<std::uint32_t> schema_id) {
  if (format == MessageFormat::json) return json;
  if (format == MessageFormat::avro) {
    const std::string datum = to_avro(event, json);
    return schema_id ? confluent_frame(*schema_id, datum) : datum;
  }
  const std::string message = to_protobuf(event, json);
  constexpr char kFirstOfFile = 0;
  return schema_id ? confluent_frame(*schema_id, kFirstOfFile + message) : message;
}

MessageFile::MessageFile(MessageFormat format, std::string_view event) : format_(format) {
  if (format == MessageFormat::avro) fmt::print("{}", avro_file_head(event));
}

void MessageFile::add(std::string_view message) {
  switch (format_) {
    case MessageFormat::json: return fmt::print("{}\n", message);
    case MessageFormat::protobuf: return fmt::print("{}", with_length(message));
    case MessageFormat::avro: break;
  }
  block_.append(message);
  ++in_block_;
  if (block_.size() >= kBlockBytes) finish();
}

void MessageFile::finish() {
  if (in_block_ > 0) fmt::print("{}", avro_file_block(in_block_, block_));
  block_.clear();
  in_block_ = 0;
}

}  // namespace penstock::produce
