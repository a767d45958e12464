#pragma once

#include <vector>

#include "model/type.h"

namespace penstock {

/// The type of a column whose values are of any of these types, none of them Nullable. It keeps
/// every value, and the server creates it with its usual settings, which refuse a Variant of
/// types that are alike.
///
/// Numbers become the narrowest that holds them all exactly; Int64 and Float64 have none and
/// stay apart. Times become those of the finest unit. Texts, Enums and what only text can keep
/// beside them become String, several records JSON. What is left is a Variant.
Type one_of(std::vector<Type> alternatives);

}  // namespace penstock
