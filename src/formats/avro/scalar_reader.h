#pragma once

#include <optional>

#include "formats/avro/value_reader.h"

namespace penstock::avro {

/// A reader of such scalars, an enum included, for columns of `sample`'s class. None when the
/// column takes no value of that kind. `node` is neither record, array, map nor union.
std::optional<ValueReader> make_scalar_reader(const Node& node, ColumnWriter& sample);

}  // namespace penstock::avro
