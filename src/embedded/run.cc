#include "embedded/run.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "base/log.h"
#include "base/signals.h"

namespace penstock::embedded {

int run_clickhouse(const ServerOptions& options) {
  block_signals();  // in every thread of libchdb too

  auto started = Server::start(options);
  if (!started.ok()) {
    log::error(started.error().text());
    return 1;
  }
  const bool is_ipv6 = options.host.find(':') != options.host.npos;
  fmt::print("penstock clickhouse: http://{}:{}\n",
             is_ipv6 ? "[" + options.host + "]" : options.host, started.value()->port());
  std::fflush(stdout);

  while (wait_for_signal(std::chrono::minutes(1)) == Signal::none) {
  }
  log::info("stopping the embedded ClickHouse");
  started.value()->stop();
  return 0;
}

}  // namespace penstock::embedded
