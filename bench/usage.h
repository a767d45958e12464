#pragma once

#include <cstdint>

namespace penstock::bench {

/// Seconds. CPU times are those of a process or of one of its threads.
struct Usage {
  double user = 0;
  double system = 0;
  double wall = 0;  // on a clock that only differences make sense of

  Usage operator-(const Usage& before) const {
    return {user - before.user, system - before.system, wall - before.wall};
  }
};

Usage usage_of_process();
/// Of the calling thread.
Usage usage_of_thread();

/// The most memory this process ever had resident, in KiB.
std::int64_t peak_rss_kib();

}  // namespace penstock::bench
