#pragma once

#include <chrono>
#include <cstdint>

namespace penstock {

enum class Signal : std::uint8_t {
  none,
  stop,    // SIGINT, SIGTERM
  reload,  // SIGHUP
};

/// Keeps those signals from ending the process; they are waited for instead. Call it before any
/// thread starts, for threads inherit it.
void block_signals();

/// Waits up to `time` for one of them.
Signal wait_for_signal(std::chrono::milliseconds time);

}  // namespace penstock
