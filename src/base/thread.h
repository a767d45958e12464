#pragma once

#include <chrono>
#include <stop_token>
#include <string>

namespace penstock {

/// Names the calling thread for top, perf and debuggers; cut to 15 characters.
void name_this_thread(const std::string& name);

/// Waits, but not past a stop request. Returns false when it was asked to stop.
bool sleep_unless_stopped(const std::stop_token& stop, std::chrono::milliseconds time);

}  // namespace penstock
