#pragma once

#include <vector>

#include "base/result.h"
#include "engine/audit.h"
#include "engine/pipe_document.h"

namespace penstock {

/// Which part of every log is to be audited, in `from`, `to` and `after_to`.
/// Errors: pipe.audit when the options name no place; those of the Kafka source.
Result<std::vector<AuditedLog>> audit_bounds(const PipeDocument& document,
                                             const AuditOptions& options);

}  // namespace penstock
