#pragma once

#include <optional>
#include <string_view>

#include "contract/schema_source.h"

namespace penstock::registry {

/// By the names Confluent and AWS Glue share: AVRO, PROTOBUF, JSON.
std::optional<SchemaType> schema_type(std::string_view name);

}  // namespace penstock::registry
