#pragma once

#include <chrono>
#include <deque>
#include <string_view>

#include "base/backoff.h"
#include "base/error.h"
#include "model/record.h"

namespace penstock {

/// Batches that cannot be decoded for now, such as while the registry is away: in the order
/// they came. Says when to try again.
///
/// Threads: one lane.
class Undecoded {
 public:
  using Clock = std::chrono::steady_clock;

  bool empty() const noexcept { return batches_.empty(); }
  RecordBatch& front() { return batches_.front(); }
  void pop_front() { batches_.pop_front(); }
  void push_back(RecordBatch batch) { batches_.push_back(std::move(batch)); }

  /// This log belongs to someone else now, who reads these records again.
  void drop(LogId log);

  /// Why the first batch could not be decoded at `now`.
  void put_off(const Error& why, Clock::time_point now);
  bool may_try(Clock::time_point now) const { return now >= next_try_; }
  /// It can be decoded: returns the code of the Error that put it off, or nothing.
  std::string_view take_reason();

 private:
  std::deque<RecordBatch> batches_;
  Backoff backoff_{std::chrono::milliseconds(100), std::chrono::seconds(5), 0};
  Clock::time_point next_try_{};
  std::string_view reason_;
};

}  // namespace penstock
