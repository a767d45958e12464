#pragma once

#include <cstdint>
#include <string>

namespace penstock::produce {

/// The mean distance of two events in milliseconds.
inline constexpr std::uint64_t kStepMs = 12;

/// When the event with this number happened, as a JSON text `"2026-01-02 03:04:05.678"` in UTC.
/// `late_ms` is below kStepMs; the first event is never late.
std::string event_time(std::uint64_t id, std::uint64_t late_ms);

}  // namespace penstock::produce
