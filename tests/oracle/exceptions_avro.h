#pragma once

#include <span>

#include "exceptions.h"

namespace penstock::oracle {

/// In the order in which they are tried.
std::span<const Exception> avro_exceptions();

/// Those of them that tell from the schema alone: what one side takes for a column and the other
/// does not.
std::span<const Exception> avro_type_exceptions();

}  // namespace penstock::oracle
