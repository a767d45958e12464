#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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
  is_deleted,  // 1 in the row of a tombstone, 0 in all others; where tombstones leave rows
};

/// What a source field of this name means, when it means metadata: "_offset".
std::optional<VirtualColumn> virtual_column(std::string_view name);

/// A field of the message and the slot of the block it fills.
///
/// A field with dots is a path as well: "a.b.c" is the field of that very name, else what
/// "a.b" holds as "c", what "a" holds as "b.c", what "a" holds as "b" and that as "c". The
/// first of these that a message has counts, the longest first name before all. A path that
/// meets a list of objects collects what they hold: one value per element, the type's zero
/// value where an element has none; the column must be an Array, one level per list. A path
/// that meets anything else, also null, finds nothing. Names are case-sensitive.
struct PayloadTarget {
  std::string field;
  std::size_t slot = 0;
};

struct VirtualTarget {
  VirtualColumn column{};
  std::size_t slot = 0;
};

/// What a record without a value, a tombstone, leaves in the table.
enum class Tombstones : std::uint8_t {
  leave_nothing,
  leave_key,     // a row: its metadata, all other columns without a value
  leave_fields,  // a row: its metadata and the fields of its key, a message of the pipe's format
};

/// Which field goes where, settled once before the first record.
struct Mapping {
  std::shared_ptr<const BlockLayout> layout;
  std::vector<PayloadTarget> payload;
  std::vector<VirtualTarget> virtuals;
  /// Slots of `payload` that the table is sorted by: a tombstone's row must have them.
  std::vector<std::size_t> sorting_slots = {};
  Tombstones tombstones = Tombstones::leave_nothing;
};

/// Without `fields` every writable column of the table is filled from the field
/// of its own name, and virtual names ("_offset") from the record's metadata: a
/// payload field of such a name is not looked at. EPHEMERAL columns stay out.
/// "_is_deleted" is such a name where tombstones leave rows, else a field like others.
/// With `fields` they decide: only columns named there are written, the server
/// fills the others. One field may fill several columns, a column is filled once.
///
/// Errors: pipe.mapping, naming every column that does not exist, cannot be
/// written (MATERIALIZED, ALIAS, a type Penstock does not write) or is named
/// twice, in one message.
Result<Mapping> make_mapping(const Table& table, const std::vector<FieldMapping>* fields,
                             Tombstones tombstones = Tombstones::leave_nothing);

}  // namespace penstock
