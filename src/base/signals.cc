#include "base/signals.h"

#include <csignal>
#include <ctime>

namespace penstock {
namespace {

sigset_t awaited() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
  return set;
}

}  // namespace

void block_signals() {
  const sigset_t set = awaited();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Signal wait_for_signal(std::chrono::milliseconds time) {
  const sigset_t set = awaited();
  const timespec limit{.tv_sec = time.count() / 1000, .tv_nsec = time.count() % 1000 * 1'000'000};
  const int signal = sigtimedwait(&set, nullptr, &limit);
  if (signal <= 0) return Signal::none;
  return signal == SIGHUP ? Signal::reload : Signal::stop;
}

}  // namespace penstock
