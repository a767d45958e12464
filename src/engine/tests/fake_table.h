#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "contract/range_rows.h"
#include "engine/tests/fakes.h"

namespace penstock::testing {

/// A table that holds what it is told.
class FakeTable final : public RangeRows {
 public:
  Result<std::vector<OffsetRun>> stored(const Question& question) override {
    asked.push_back(question);
    if (on_asked) on_asked();
    return holds;
  }
  Result<bool> may_be_hollow(std::int64_t) override { return hollow; }
  void abandon() override {}

  bool hollow = false;
  std::vector<OffsetRun> holds;
  std::vector<Question> asked;
  std::function<void()> on_asked;
};

/// The table that a FakeSink writes.
class SinkTable final : public RangeRows {
 public:
  explicit SinkTable(FakeSink& sink) : sink_(sink) {}

  Result<std::vector<OffsetRun>> stored(const Question& question) override {
    const auto rows = sink_.stored();
    std::vector<OffsetRun> runs;
    for (std::int64_t offset = question.first; offset <= question.last; ++offset) {
      const std::size_t count = rows.count(question.partition * 1'000'000 + offset);
      if (count > 0) runs.push_back({offset, offset, count});
    }
    return runs;
  }
  Result<bool> may_be_hollow(std::int64_t) override { return true; }
  void abandon() override {}

 private:
  FakeSink& sink_;
};

}  // namespace penstock::testing
