#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "contract/decoder.h"
#include "contract/schema_source.h"
#include "formats/record_decoder.h"
#include "formats/schema_frame.h"
#include "model/mapping.h"

namespace penstock {

struct ProtobufOptions {
  /// Where schemas come from; asked for the configured one where messages name none.
  std::shared_ptr<SchemaSource> schemas;
  /// Of messages that do not say which they are: shop.v1.Order or Order. Empty: the first of
  /// the schema's main file.
  std::string message;
  IndexCoding indexes = IndexCoding::zigzag;
};

/// Protobuf, with or without a registry's frame: every message becomes one row, or as many as
/// the list has that is all of it. What is accepted and how it is read: formats/README.md.
///
/// Errors: pipe.document when a limit is out of range.
Result<std::unique_ptr<Decoder>> make_protobuf_decoder(Mapping mapping, RecordLimits limits,
                                                       ProtobufOptions options);

}  // namespace penstock
