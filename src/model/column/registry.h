#pragma once

#include <string_view>
#include <vector>

namespace penstock {

/// The names of the types that make_column() knows, sorted.
std::vector<std::string_view> known_types();

}  // namespace penstock
