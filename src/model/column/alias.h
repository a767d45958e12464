#pragma once

#include <optional>

#include "model/type.h"

namespace penstock {

/// The type by which a value travels: Array(Point) as Array(Tuple(Float64, Float64)),
/// Nested(…) as Array(Tuple(…)), SimpleAggregateFunction(f, T) as T, the members of a
/// Variant in their order. Inner types too.
Type travelling_type(const Type& type);

/// What Point, Ring, Geometry … stand for, one step: Ring is Array(Point). Nothing for
/// other types.
std::optional<Type> meaning_of(const Type& type);

}  // namespace penstock
