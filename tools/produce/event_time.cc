#include "produce/event_time.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

namespace penstock::produce {
namespace {

// The first event's time, 2026-01-02 03:04:05.678 UTC.
constexpr std::uint64_t kStartMs = 1'767'323'045'678;

}  // namespace

std::string event_time(std::uint64_t id, std::uint64_t late_ms) {
  const std::uint64_t ms = kStartMs + id * kStepMs + (id > 0 ? late_ms : 0);
  return fmt::format("\"{:%Y-%m-%d %H:%M:%S}.{:03}\"",
                     fmt::gmtime(static_cast<std::time_t>(ms / 1000)), ms % 1000);
}

}  // namespace penstock::produce
