// Where the compiler has no libFuzzer: runs a target on its committed corpus and on some mutations.
//
//   penstock_<name>_fuzz FOLDER           the seeds and every file of the folder, then mutations of
//   them penstock_<name>_fuzz --write FOLDER   writes the seeds there, where libFuzzer finds them

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "formats/tests/mutation.h"
#include "fuzz/fuzz_seeds.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

constexpr int kMutations = 20'000;

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

int write_seeds(const fs::path& folder) {
  fs::create_directories(folder);
  int number = 0;
  for (const std::string& seed : penstock::fuzz_seeds()) {
    std::ofstream(folder / ("seed" + std::to_string(++number)), std::ios::binary) << seed;
  }
  return 0;
}

int run_corpus(const fs::path& folder) {
  std::vector<std::string> inputs = penstock::fuzz_seeds();
  if (fs::exists(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::ifstream file(entry.path(), std::ios::binary);
      inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  for (const std::string& input : inputs) run(input);
  const std::uint64_t seed = std::random_device()();
  std::cout << inputs.size() << " inputs; mutating from seed " << seed << std::endl;
  std::mt19937_64 random(seed);
  for (int left = kMutations; left > 0; --left) run(penstock::mutate(inputs, random));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 3 && arguments[1] == std::string("--write")) return write_seeds(arguments[2]);
  if (count == 2) return run_corpus(arguments[1]);
  std::cerr << "give the folder of the corpus\n";
  return 2;
}
