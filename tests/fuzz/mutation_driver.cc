// Stands in for libFuzzer where the compiler has none: it mutates without
// watching which code runs, so it finds less.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "formats/tests/mutation.h"
#include "fuzz/fuzz_seeds.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** arguments) {
  const std::chrono::seconds budget(count > 1 ? std::atoi(arguments[1]) : 30);
  const std::uint64_t seed =
      count > 2 ? std::strtoull(arguments[2], nullptr, 10) : std::random_device()();
  std::cout << "mutating for " << budget.count() << " s from seed " << seed << std::endl;

  const auto seeds = penstock::fuzz_seeds();
  std::mt19937_64 random(seed);
  std::uint64_t inputs = 0;
  const auto end = std::chrono::steady_clock::now() + budget;
  for (; std::chrono::steady_clock::now() < end; ++inputs) {
    const std::string input = penstock::mutate(seeds, random);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  }
  std::cout << inputs << " inputs, every promise kept\n";
}
