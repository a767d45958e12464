#pragma once

#include <memory>

#include "base/result.h"
#include "contract/decoder.h"
#include "contract/schema_source.h"
#include "engine/pipe_document.h"
#include "formats/record_decoder.h"
#include "model/mapping.h"

namespace penstock {

/// How large a message of this pipe may be.
RecordLimits record_limits(const PipeSettings& settings);

/// The decoder for the document's `format`, one per lane.
///
/// `schemas`: the registry, shared by the pipe's lanes; null where the document names none.
/// Errors: pipe.document for a format or a limit that cannot be had.
Result<std::unique_ptr<Decoder>> make_decoder(const PipeDocument& document, Mapping mapping,
                                              std::shared_ptr<SchemaSource> schemas);

}  // namespace penstock
