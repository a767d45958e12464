#include "embedded/run.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>

#include "base/log.h"

namespace penstock::embedded {

int run_clickhouse(const ServerOptions& options) {
  // Blocked here, so in every thread of libchdb too; sigwait picks them up.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  auto started = Server::start(options);
  if (!started.ok()) {
    log::error(started.error().text());
    return 1;
  }
  const bool is_ipv6 = options.host.find(':') != options.host.npos;
  fmt::print("penstock clickhouse: http://{}:{}\n",
             is_ipv6 ? "[" + options.host + "]" : options.host, started.value()->port());
  std::fflush(stdout);

  int signal = 0;
  sigwait(&signals, &signal);
  log::info("stopping the embedded ClickHouse", {{"signal", signal}});
  started.value()->stop();
  return 0;
}

}  // namespace penstock::embedded
