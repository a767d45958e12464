#pragma once

#include <stop_token>

#include "base/result.h"
#include "engine/inference.h"
#include "engine/pipe_document.h"

namespace penstock {

/// infer_table() for formats that have schemas.
Result<Inference> infer_from_schemas(const PipeDocument& document, const InferenceOptions& options,
                                     const std::stop_token& stop);

}  // namespace penstock
