#pragma once

#include <memory>

#include "base/result.h"
#include "contract/decoder.h"
#include "formats/record_decoder.h"
#include "model/mapping.h"

namespace penstock {

/// JSONEachRow: every message is one JSON object and becomes one row.
/// What is accepted and how it is read: formats/README.md.
///
/// Errors: pipe.document when a limit is out of range.
Result<std::unique_ptr<Decoder>> make_json_decoder(Mapping mapping, RecordLimits limits);

}  // namespace penstock
