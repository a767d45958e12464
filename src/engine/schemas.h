#pragma once

#include <memory>

#include "base/result.h"
#include "contract/schema_source.h"
#include "kafka/spec.h"

namespace penstock {

/// Where the source's messages find their schemas: its registry, the schema it was given, or both.
/// Null where it names neither. Connects with the first question.
/// Errors: pipe.document for a registry's address that is none.
Result<std::shared_ptr<SchemaSource>> make_schema_source(const kafka::SourceSettings& settings);

}  // namespace penstock
