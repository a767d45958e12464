#pragma once

#include <span>
#include <string>
#include <string_view>

#include "random.h"

namespace penstock::oracle {

/// The type families the oracle draws from. Every family Penstock writes has to be one of
/// them; main() compares.
std::span<const std::string_view> drawn_families();

/// A type as CREATE TABLE takes it. `depth` containers may lie around a scalar.
std::string random_type(Random& random, int depth);

/// The column list of a table of one to five columns named c0, c1, …
std::string random_columns(Random& random);

}  // namespace penstock::oracle
