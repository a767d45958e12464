#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "model/type.h"

namespace penstock {

/// The refusal of a type that ClickHouse has and Penstock never writes, with what to do
/// instead; nothing for other types.
std::optional<Error> refused_type(const Type& type);

}  // namespace penstock
