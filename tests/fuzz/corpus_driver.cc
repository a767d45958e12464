// Where the compiler has no libFuzzer: runs a target on its committed corpus and on some mutations.
//
//   penstock_<name>_fuzz FOLDER           the seeds, every file of the folder, mutations of both
//   penstock_<name>_fuzz --write FOLDER   writes the seeds there, where libFuzzer finds them

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <set>
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
    const std::set<fs::path> paths(fs::directory_iterator(folder), fs::directory_iterator{});
    for (const fs::path& path : paths) {
      std::ifstream file(path, std::ios::binary);
      inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  for (const std::string& input : inputs) run(input);
  std::mt19937_64 random;  // the same mutations every time; libFuzzer looks for new ones
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
