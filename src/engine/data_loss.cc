#include "engine/data_loss.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace penstock {
namespace {

constexpr std::string_view kCode = "kafka.data_loss";
constexpr std::size_t kMostNamed = 20;

std::string to_string(const LostOffsets& lost) {
  const std::int64_t count = lost.last - lost.first + 1;
  return fmt::format("{}/{} lacks {} offset{}, {} to {}", lost.topic, lost.partition, count,
                     count == 1 ? "" : "s", lost.first, lost.last);
}

}  // namespace

void DataLoss::add(const std::vector<LostOffsets>& lost, Clock::time_point now) {
  for (const LostOffsets& one : lost) {
    progress_.lost_offsets.fetch_add(static_cast<std::uint64_t>(one.last - one.first + 1),
                                     std::memory_order_relaxed);
    events_.note(log::Level::warning, std::string(kCode),
                 "records were gone before they were read: " + to_string(one) +
                     (one.passed ? "; going on behind them" : ""));
    if (one.passed) continue;
    standing_.push_back(one);
    if (!since_) since_ = now;
  }
}

Error DataLoss::error() const {
  std::string message = "records were gone before they were read";
  for (std::size_t i = 0; i < std::min(standing_.size(), kMostNamed); ++i) {
    message += (i == 0 ? ": " : "; ") + to_string(standing_[i]);
  }
  if (standing_.size() > kMostNamed) {
    message += fmt::format("; {} more partitions", standing_.size() - kMostNamed);
  }
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = kCode,
          .message = std::move(message)};
}

}  // namespace penstock
