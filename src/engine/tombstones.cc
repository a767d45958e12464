#include "engine/tombstones.h"

#include <algorithm>
#include <string>

namespace penstock {
namespace {

bool is_mapped(const Mapping& mapping, VirtualColumn column) {
  return std::ranges::find(mapping.virtuals, column, &VirtualTarget::column) !=
         mapping.virtuals.end();
}

Error needs(const std::string& what) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "pipe.mapping",
          .message = "source.kafka.tombstoneMode soft_delete needs a column mapped to " + what};
}

}  // namespace

Tombstones tombstones_of(const kafka::SourceSettings& source) {
  if (source.tombstone_mode != kafka::TombstoneMode::soft_delete) return Tombstones::leave_nothing;
  const bool is_json = source.format == kafka::MessageFormat::json_each_row;
  return is_json ? Tombstones::leave_fields : Tombstones::leave_key;
}

Status check_tombstones(const kafka::SourceSettings& source, const Mapping& mapping) {
  if (mapping.tombstones == Tombstones::leave_nothing) return done();
  if (!is_mapped(mapping, VirtualColumn::is_deleted)) return needs("`_is_deleted`");
  const bool has_key =
      mapping.tombstones == Tombstones::leave_fields || is_mapped(mapping, VirtualColumn::key);
  if (has_key) return done();
  return needs("`_key` where the format is " + std::string(wire_name(source.format)));
}

}  // namespace penstock
