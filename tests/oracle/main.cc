// penstock_oracle: random tables and messages, read by Penstock and by ClickHouse itself.
// README.md describes it.

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>
#include <optional>
#include <random>

#include "engine.h"
#include "format.h"
#include "trial.h"

namespace penstock::oracle {
namespace {

struct Options {
  std::string format = "json";
  std::optional<std::uint64_t> seed;
  std::size_t messages = 100'000;
  std::optional<std::uint64_t> only;
};

int run(const Options& options) {
  Engine engine;
  const auto format = make_json_format();
  const std::uint64_t seed = options.seed.value_or(std::random_device()());
  std::cout << fmt::format("{}, seed {}", options.format, seed) << std::endl;
  Trial trial(engine, *format);
  if (options.only) {
    trial.print_everything();
    trial.try_random(seed, *options.only, 1);
  } else {
    trial.try_examples();
    trial.try_random(seed, 0, options.messages);
  }
  return trial.report() ? 0 : 1;
}

}  // namespace
}  // namespace penstock::oracle

int main(int count, char** arguments) {
  penstock::oracle::Options options;
  CLI::App app("Reads random messages by Penstock and by ClickHouse, and compares the rows");
  app.add_option("--format", options.format)->check(CLI::IsMember({"json"}));
  app.add_option("--seed", options.seed, "default: a new one, printed");
  app.add_option("--messages", options.messages);
  app.add_option("--only", options.only, "one message of a seed, with both results");
  CLI11_PARSE(app, count, arguments);
  try {
    return penstock::oracle::run(options);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
}
