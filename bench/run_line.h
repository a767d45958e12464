#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace penstock::bench {

/// One figure beside the usual ones.
struct Extra {
  std::string key;
  double value = 0;
};

/// One run of one case: a JSON line on standard output. Keys: bench/README.md.
struct RunLine {
  std::string name;  // the case
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  double cpu_s = 0;
  double wall_s = 0;
  std::vector<Extra> extras;

  void print() const;
};

}  // namespace penstock::bench
