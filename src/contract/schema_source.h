#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"

namespace penstock {

enum class SchemaType : std::uint8_t { avro, protobuf, json };

/// 16 bytes of a GUID or UUID, most significant first, as they stand in a message.
using SchemaGuid = std::array<std::byte, 16>;

/// How a message names the schema it was written with.
struct SchemaId {
  std::uint32_t value = 0;  // Confluent v0
  bool operator==(const SchemaId&) const = default;
};
struct SchemaVersionId {  // AWS Glue
  SchemaGuid value{};
  bool operator==(const SchemaVersionId&) const = default;
};
/// `configured`: the message names none, the pipe's setting does.
struct ConfiguredSchema {
  bool operator==(const ConfiguredSchema&) const = default;
};
using SchemaName = std::variant<ConfiguredSchema, SchemaId, SchemaGuid, SchemaVersionId>;

/// "89791762-2336-4186-9674-299b90a802e2"
std::string spelled(const SchemaGuid& guid);

/// For messages of errors: "id 7", "GUID 89791762-2336-…".
std::string to_string(const SchemaName& name);

/// A schema as the registry holds it. Never changes.
struct RegisteredSchema {
  struct Import {
    std::string name;  // what the importing schema calls it
    std::string text;
  };
  SchemaType type = SchemaType::avro;
  std::string text;  // JSON for Avro and JSON Schema, .proto source for Protobuf
  std::vector<Import>
      imports;  // all it refers to, also through others; what is needed first comes first
};

/// Where decoders get schemas from.
///
/// Promises: one request per name however many lanes ask; what was found is kept for ever.
/// Threads: any. May block for a few seconds on first sight of a name.
/// Errors: schema.unknown (data) when there is no such schema: the record is at fault;
/// registry.* with Recovery::retry while the registry is away, with Recovery::stop when a person
/// has to act: no record is at fault.
class SchemaSource {
 public:
  virtual ~SchemaSource() = default;
  virtual Result<std::shared_ptr<const RegisteredSchema>> find(const SchemaName& name) = 0;
};

}  // namespace penstock
