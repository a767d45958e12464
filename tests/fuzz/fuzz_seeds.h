#pragma once

#include <string>
#include <vector>

namespace penstock {

/// What the corpus of this target begins with, see corpus_driver.cc. Each target defines it.
std::vector<std::string> fuzz_seeds();

}  // namespace penstock
