#pragma once

#include <string>
#include <string_view>

#include "model/type.h"

namespace penstock {

/// The type of this name, without arguments.
inline Type plain(std::string_view name) { return {.name = std::string(name)}; }

}  // namespace penstock
