#pragma once

#include "model/type.h"

namespace penstock {

/// The type with null among its values: inside a LowCardinality, and the type itself where it
/// has null already (Variant, Dynamic) or cannot have it (Array, Map, Tuple).
Type nullable(Type type);

/// The inverse: without the outermost Nullable.
Type not_nullable(Type type);

bool is_nullable(const Type& type);

}  // namespace penstock
