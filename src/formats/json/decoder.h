#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "contract/decoder.h"
#include "formats/record_decoder.h"
#include "model/mapping.h"

namespace penstock {

/// Ways to read a message. All messages give the same rows and rejects on both.
enum class JsonPath : std::uint8_t {
  fast,   // the row in one pass, and plain where that hesitates
  plain,  // every message through the general parser
};

/// JSONEachRow: every JSON object of a message becomes one row.
/// What is accepted and how it is read: formats/README.md.
///
/// Errors: pipe.document when a limit is out of range.
Result<std::unique_ptr<Decoder>> make_json_decoder(Mapping mapping, RecordLimits limits,
                                                   JsonPath path = JsonPath::fast);

}  // namespace penstock
