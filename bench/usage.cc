#include "usage.h"

#include <sys/resource.h>

#include <chrono>

namespace penstock::bench {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

rusage resources(int whose) {
  rusage used{};
  getrusage(whose, &used);
  return used;
}

Usage usage(int whose) {
  const rusage used = resources(whose);
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return {seconds(used.ru_utime), seconds(used.ru_stime),
          std::chrono::duration<double>(now).count()};
}

}  // namespace

Usage usage_of_process() { return usage(RUSAGE_SELF); }

Usage usage_of_thread() { return usage(RUSAGE_THREAD); }

std::int64_t peak_rss_kib() { return resources(RUSAGE_SELF).ru_maxrss; }

}  // namespace penstock::bench
