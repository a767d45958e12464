#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/column_writer.h"

namespace penstock {

/// The number of a decimal without its point, as Avro and Confluent's Protobuf have it: of any
/// length, its first byte the highest, two's complement. Of no bytes it is 0.
struct Unscaled {
  std::string_view bytes;

  /// False when 64 bits do not hold it.
  bool fits(std::int64_t& value) const;
  /// Its digits with the point `scale` digits from the right: "-0.05".
  std::string spell(int scale) const;
  /// Into a column, every digit of it. `scale`: 0 or more.
  Fit put(int scale, ColumnWriter& into) const;
};

}  // namespace penstock
