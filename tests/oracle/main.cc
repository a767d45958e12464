// penstock_oracle: random tables and messages, read by Penstock and by ClickHouse itself.
// README.md describes it.

#include <fmt/format.h>
#include <sys/resource.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <optional>
#include <random>

#include "engine.h"
#include "format.h"
#include "trial.h"

namespace penstock::oracle {
namespace {

struct KnownFormat {
  std::string_view name;
  std::unique_ptr<Format> (*make)();
};

constexpr KnownFormat kFormats[] = {
    {"json", make_json_format}, {"avro", make_avro_format}, {"protobuf", make_protobuf_format}};

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const KnownFormat& format : kFormats) names.emplace_back(format.name);
  return names;
}

std::unique_ptr<Format> make_format(std::string_view name) {
  return std::ranges::find(kFormats, name, &KnownFormat::name)->make();
}

/// std::regex calls itself once per character.
void allow_long_texts() {
  constexpr rlim_t kStackBytes = rlim_t{1} << 30;
  rlimit limit{};
  getrlimit(RLIMIT_STACK, &limit);
  limit.rlim_cur = std::min(kStackBytes, limit.rlim_max);
  setrlimit(RLIMIT_STACK, &limit);
}

struct Options {
  std::string format = "json";
  std::optional<std::uint64_t> seed;
  std::uint64_t first = 0;
  std::size_t messages = 100'000;
  std::optional<std::uint64_t> only;
  std::string show;
  std::size_t print = 20;
};

int run(const Options& options) {
  Engine engine;
  const auto format = make_format(options.format);
  const std::uint64_t seed = options.seed.value_or(std::random_device()());
  std::cout << fmt::format("{}, seed {}", options.format, seed) << std::endl;
  Trial trial(engine, *format, options.print);
  trial.print_all_of(options.show);
  if (options.only) {
    trial.print_everything();
    trial.try_random(seed, *options.only, 1);
  } else {
    trial.try_examples();
    trial.try_random(seed, options.first, options.messages);
  }
  return trial.report() ? 0 : 1;
}

}  // namespace
}  // namespace penstock::oracle

int main(int count, char** arguments) {
  penstock::oracle::Options options;
  CLI::App app("Reads random messages by Penstock and by ClickHouse, and compares the rows");
  app.add_option("--format", options.format)
      ->check(CLI::IsMember(penstock::oracle::format_names()));
  app.add_option("--seed", options.seed, "default: a new one, printed");
  app.add_option("--first", options.first, "the number of the first message, to go on from there");
  app.add_option("--messages", options.messages);
  app.add_option("--only", options.only, "one message of a seed, with both results");
  app.add_option("--show", options.show, "every message that this exception covers");
  app.add_option("--print", options.print, "so many differences that are not listed");
  CLI11_PARSE(app, count, arguments);
  penstock::oracle::allow_long_texts();
  try {
    return penstock::oracle::run(options);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
}
