#pragma once

#include "base/result.h"
#include "kafka/spec.h"
#include "model/mapping.h"

namespace penstock {

/// What records without a value leave in the table, by source.kafka.tombstoneMode.
Tombstones tombstones_of(const kafka::SourceSettings& source);

/// A row that says its key is gone has to say so, and which. Errors: pipe.mapping when no column
/// does.
Status check_tombstones(const kafka::SourceSettings& source, const Mapping& mapping);

}  // namespace penstock
