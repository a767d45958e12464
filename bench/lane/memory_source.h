#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "allocations.h"
#include "contract/source.h"
#include "event_set.h"

namespace penstock::bench {

/// Serves the same messages again and again as the logs of a topic, without a broker:
/// what a lane costs by itself. A poll brings records of every log, as Kafka's does.
class MemorySource final : public Source<RecordBatch> {
 public:
  MemorySource(const EventSet& events, std::size_t logs, std::size_t records)
      : events_(events), offsets_(logs, 0), left_(records) {}

  Status open() override { return done(); }

  Result<Polled<RecordBatch>> poll(PollBudget budget) override {
    const UncountedAllocations uncounted;
    Polled<RecordBatch> polled;
    if (!joined_) {
      for (std::size_t log = 0; log < offsets_.size(); ++log) {
        polled.gained.push_back({LogId(log), "0", ""});
      }
      joined_ = true;
    }
    const std::size_t most = std::min({budget.records, left_, kMostPerPoll});
    const std::size_t share = (most + offsets_.size() - 1) / offsets_.size();
    for (std::size_t log = 0, taken = 0; taken < most && !paused_; ++log) {
      const std::size_t count = std::min(share, most - taken);
      polled.payloads.push_back(next(log, count));
      taken += count;
      left_ -= count;
    }
    polled.settled = true;
    polled.caught_up = left_ == 0;
    if (polled.payloads.empty()) std::this_thread::sleep_for(std::min(budget.wait, kNoRecords));
    return polled;
  }

  void pause() override { paused_ = true; }
  void resume() override { paused_ = false; }
  Status commit(std::span<const ResumePoint> /*points*/,
                std::chrono::milliseconds /*wait*/) override {
    return done();
  }
  Result<std::vector<Stored>> take_stored() override { return std::vector<Stored>{}; }
  void release(std::span<const LogId> /*logs*/) override {}
  Result<std::vector<RecordBatch>> read_again(std::span<const RowOrigin> /*origins*/) override {
    return std::vector<RecordBatch>{};
  }
  SourceProgress progress() const override {
    return {.lag = static_cast<std::int64_t>(left_), .logs = offsets_.size()};
  }
  Status close(std::chrono::milliseconds /*limit*/) override { return done(); }

 private:
  static constexpr std::size_t kMostPerPoll = 2'000;
  static constexpr std::chrono::milliseconds kNoRecords{1};  // else the lane would spin

  RecordBatch next(std::size_t log, std::size_t count) {
    RecordBatch batch;
    std::int64_t& offset = offsets_[log];
    batch.span = {LogId(log), std::to_string(offset),
                  std::to_string(offset + static_cast<std::int64_t>(count)),
                  static_cast<std::uint32_t>(count)};
    batch.next = offset + static_cast<std::int64_t>(count);
    batch.topic = "memory";
    batch.partition = static_cast<std::int32_t>(log);
    batch.keys.resize(count);
    batch.timestamps_ms.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      batch.values.push_back(events_.batch.values[next_]);
      batch.offsets.push_back(offset++);
      next_ = (next_ + 1) % events_.texts.size();
    }
    return batch;
  }

  const EventSet& events_;
  std::vector<std::int64_t> offsets_;
  std::size_t left_;
  std::size_t next_ = 0;
  bool joined_ = false;
  bool paused_ = false;
};

}  // namespace penstock::bench
