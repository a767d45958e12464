#include "registry/schema_type.h"

namespace penstock::registry {

std::optional<SchemaType> schema_type(std::string_view name) {
  if (name == "AVRO") return SchemaType::avro;
  if (name == "PROTOBUF") return SchemaType::protobuf;
  if (name == "JSON") return SchemaType::json;
  return std::nullopt;
}

}  // namespace penstock::registry
