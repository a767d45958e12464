#pragma once

#include <string>
#include <string_view>

#include "model/mapping.h"

namespace penstock::clickhouse {

/// The columns that hold where a row came from. `why_not` says what is missing for asking the table
/// by them; then the names are not all there.
struct PositionColumns {
  std::string topic;
  std::string partition;
  std::string offset;
  std::string why_not;
};

/// Those that `_topic`, `_partition` and `_offset` are mapped to, under whatever name. A text
/// for the topic and integers for the others: they are compared with no conversion.
PositionColumns position_columns(const Mapping& mapping);

/// Are all three part of this sorting key? Then an engine that merges rows of equal keys keeps each
/// of them.
bool are_in_sorting_key(const PositionColumns& columns, std::string_view sorting_key);

}  // namespace penstock::clickhouse
