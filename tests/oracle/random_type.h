#pragma once

#include <string>

#include "random.h"

namespace penstock::oracle {

/// A type as CREATE TABLE takes it. `depth` containers may lie around a scalar.
std::string random_type(Random& random, int depth);

/// The column list of a table of one to five columns named c0, c1, …
std::string random_columns(Random& random);

}  // namespace penstock::oracle
