#include "base/clock.h"

#include "base/thread.h"

namespace penstock {
namespace {

class MachineClock final : public Clock {
 public:
  time_point now() const override { return std::chrono::steady_clock::now(); }
  std::int64_t wall_ms() const override { return wall_clock_ms(); }
  bool sleep(const std::stop_token& stop, std::chrono::milliseconds time) const override {
    return sleep_unless_stopped(stop, time);
  }
};

}  // namespace

const Clock& machine_clock() {
  static const MachineClock clock;
  return clock;
}

std::int64_t wall_clock_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace penstock
