#include "run_line.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>

namespace penstock::bench {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string cpu_model() {
  std::ifstream cpus("/proc/cpuinfo");
  for (std::string line; std::getline(cpus, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

}  // namespace

double process_cpu_s() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void RunLine::print() const {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const char* const commit = std::getenv("PENSTOCK_COMMIT");
  std::string more;
  for (const Extra& extra : extras)
    more += fmt::format(R"(, "{}": {:.4g})", extra.key, extra.value);
  fmt::print(
      R"({{"case": "{}", "system": "penstock", "rows": {}, "bytes": {}, "cpu_s": {:.3f}, )"
      R"("server_cpu_s": 0, "wall_s": {:.3f}, "peak_rss_mb": {:.1f}, "instructions": null{}, )"
      R"("flags": "{}", "commit": "{}", "cpu": "{}"}})"
      "\n",
      name, rows, bytes, cpu_s, wall_s, static_cast<double>(usage.ru_maxrss) / 1024, more,
      PENSTOCK_BENCH_FLAGS, commit == nullptr ? "unknown" : commit, cpu_model());
}

}  // namespace penstock::bench
