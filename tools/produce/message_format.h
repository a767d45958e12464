#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::produce {

enum class MessageFormat : std::uint8_t { json, avro, protobuf };

/// For a registry or a pipe's document; nothing for JSON. `event`: web, order or long_order.
std::string_view schema_of(MessageFormat format, std::string_view event);

/// The message of an event, from its JSON. `schema_id`: in a frame of Confluent's registry.
std::string in_format(MessageFormat format, std::string_view event, std::string json,
                      std::optional<std::uint32_t> schema_id);

/// Messages to standard output, as ClickHouse reads them from a file: JSON a line each, Avro as a
/// container, Protobuf with lengths in front.
class MessageFile {
 public:
  MessageFile(MessageFormat format, std::string_view event);
  void add(std::string_view message);
  /// To be called at the end.
  void finish();

 private:
  const MessageFormat format_;
  std::string block_;  // Avro: what is not printed yet
  std::uint64_t in_block_ = 0;
};

}  // namespace penstock::produce
