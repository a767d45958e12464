#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/block.h"
#include "model/table.h"

namespace penstock {

/// One pair of the pipe document's fieldMappings.
struct FieldMapping {
  std::string source_field;
  std::string destination_field;
};

/// What a Kafka record carries besides its value, as ClickPipes names it.
enum class VirtualColumn : std::uint8_t {
  key,
  timestamp,
  partition,
  offset,
  topic,
  header_keys,
  header_values,
  raw_message,
};

/// A field of the message and the slot of the block it fills.
struct PayloadTarget {
  std::string field;
  std::size_t slot = 0;
};

struct VirtualTarget {
  VirtualColumn column{};
  std::size_t slot = 0;
};

/// Which field goes where, settled once before the first record.
struct Mapping {
  std::shared_ptr<const BlockLayout> layout;
  std::vector<PayloadTarget> payload;
  std::vector<VirtualTarget> virtuals;
};

/// Without `fields` every writable column of the table is filled from the field
/// of its own name, and virtual names ("_offset") from the record's metadata.
/// With `fields` they decide: only columns named there are written.
///
/// Errors: pipe.mapping, naming every column that does not exist or cannot be
/// written (MATERIALIZED, ALIAS) in one message.
Result<Mapping> make_mapping(const Table& table, const std::vector<FieldMapping>* fields);

}  // namespace penstock
