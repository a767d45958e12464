#include "run_line.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>

#include "usage.h"

namespace penstock::bench {
namespace {

std::string cpu_model() {
  std::ifstream cpus("/proc/cpuinfo");
  for (std::string line; std::getline(cpus, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

}  // namespace

void RunLine::print() const {
  const char* const commit = std::getenv("PENSTOCK_COMMIT");
  std::string more;
  for (const Extra& extra : extras)
    more += fmt::format(R"(, "{}": {:.4g})", extra.key, extra.value);
  fmt::print(
      R"({{"case": "{}", "system": "penstock", "rows": {}, "bytes": {}, "cpu_s": {:.3f}, )"
      R"("server_cpu_s": 0, "wall_s": {:.3f}, "peak_rss_mb": {:.1f}, "instructions": null{}, )"
      R"("flags": "{}", "commit": "{}", "cpu": "{}"}})"
      "\n",
      name, rows, bytes, cpu_s, wall_s, static_cast<double>(peak_rss_kib()) / 1024, more,
      PENSTOCK_BENCH_FLAGS, commit == nullptr ? "unknown" : commit, cpu_model());
}

}  // namespace penstock::bench
