// penstock_sim: pipes in simulated worlds, one for each seed. README.md describes it.

#include <CLI/CLI.hpp>

#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "world.h"

namespace penstock::sim {
namespace {

struct Options {
  std::uint64_t first = 1;
  std::uint64_t seeds = 10'000;
  std::optional<std::uint64_t> seed;
  std::string without;
  bool trace = false;
};

std::optional<Part> part_of(const std::string& name) {
  const auto found = std::ranges::find(kPartNames, name);
  if (found == kPartNames.end()) return std::nullopt;
  return static_cast<Part>(found - kPartNames.begin());
}

int run(const Options& options) {
  const std::optional<Part> without = part_of(options.without);
  const std::string also = without ? " --without " + options.without : "";
  const std::uint64_t first = options.seed.value_or(options.first);
  const std::uint64_t seeds = options.seed ? 1 : options.seeds;
  std::uint64_t steps = 0;
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    const Outcome outcome = World(seed, without, options.trace).run();
    steps += outcome.steps;
    if (!outcome.failure) continue;
    fmt::print("seed {}: {}\nreplay: penstock_sim --seed {}{} --trace\n", seed, *outcome.failure,
               seed, also);
    return without ? 0 : 1;
  }
  fmt::print("{} worlds, {} steps: every record is stored once\n", seeds, steps);
  if (without)
    fmt::print("although it goes without {}: the simulation does not bite\n", options.without);
  return without ? 1 : 0;
}

}  // namespace
}  // namespace penstock::sim

int main(int argc, char** argv) {
  penstock::sim::Options options;
  CLI::App app("Pipes in simulated worlds: nothing lost, nothing twice, whatever goes wrong");
  app.add_option("--seeds", options.seeds, "How many worlds");
  app.add_option("--first", options.first, "Seed of the first");
  app.add_option("--seed", options.seed, "Only this one");
  app.add_flag("--trace", options.trace, "Tell what happens, event by event");
  const std::vector<std::string> parts(penstock::sim::kPartNames.begin(),
                                       penstock::sim::kPartNames.end());
  app.add_option("--without", options.without, "Take this part away; then a failure is expected")
      ->check(CLI::IsMember(parts));
  CLI11_PARSE(app, argc, argv);
  penstock::log::set_level(penstock::log::Level::error);
  return penstock::sim::run(options);
}
