#pragma once

#include <string>
#include <vector>

namespace penstock {

/// What this target's mutations begin with, for mutation_driver.cc. Each target defines it.
std::vector<std::string> fuzz_seeds();

}  // namespace penstock
