#pragma once

#include <chrono>

namespace penstock {

/// Keeps SIGINT and SIGTERM from ending the process; call before any thread starts.
void block_stop_signals();

/// Waits up to `time` for one of them. True when one came.
bool stop_signal_came(std::chrono::milliseconds time);

}  // namespace penstock
