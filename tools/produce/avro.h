#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace penstock::produce {

/// The schema of an event, `web`, `order` or `long_order`, as a registry takes it.
std::string_view avro_schema(std::string_view event);

/// One event as an Avro datum, made from its JSON.
std::string to_avro(std::string_view event, std::string_view json);

/// A message with Confluent's frame: 00, the schema's id, big-endian, and the datum.
std::string confluent_frame(std::uint32_t schema_id, std::string_view datum);

/// Head of an object container file of events; uncompressed.
std::string avro_file_head(std::string_view event);
/// A block of such a file: `count` data end to end.
std::string avro_file_block(std::uint64_t count, std::string_view data);

}  // namespace penstock::produce
