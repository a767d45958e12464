#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "contract/decoder.h"
#include "contract/schema_source.h"
#include "formats/record_decoder.h"
#include "model/mapping.h"

namespace penstock {

/// What stands around a datum.
enum class AvroFraming : std::uint8_t {
  registry,  // AvroConfluent: a frame that names the schema, see FrameReader
  plain,     // Avro: nothing; or the message is an object container file with its own schema
};

struct AvroOptions {
  AvroFraming framing = AvroFraming::registry;
  /// Null: only object container files can be read.
  std::shared_ptr<SchemaSource> schemas;
};

/// Avro messages: one row each, a container file as many as it holds.
/// What becomes of which type: formats/README.md.
///
/// Errors: pipe.document when a limit is out of range.
Result<std::unique_ptr<Decoder>> make_avro_decoder(Mapping mapping, RecordLimits limits,
                                                   AvroOptions options);

}  // namespace penstock
