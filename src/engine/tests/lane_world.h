#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clickhouse/error_table.h"
#include "engine/delivery_threads.h"
#include "engine/ingest_lane.h"
#include "engine/tests/fake_table.h"
#include "engine/tests/fakes.h"

namespace penstock::testing {

inline std::shared_ptr<const BlockLayout> events_layout() {
  return std::make_shared<const BlockLayout>(
      BlockLayout{"db", "events", {{.name = "n", .type = Type{.name = "Int64"}}}});
}

/// The lane owns its decoder; the test keeps a hand on it.
class BorrowedDecoder final : public Decoder {
 public:
  explicit BorrowedDecoder(FakeDecoder& decoder) : decoder_(decoder) {}
  Status decode(const RecordBatch& batch, Block& into, std::vector<Reject>& rejects) override {
    return decoder_.decode(batch, into, rejects);
  }

 private:
  FakeDecoder& decoder_;
};

/// A lane over fakes, with small blocks.
struct LaneWorld {
  explicit LaneWorld(int logs = 3, std::int64_t records = 20'000, unsigned seed = 7)
      : source(logs, records), sink(seed) {
    events.apply(PipeEvent::start, "starting");
    events.apply(PipeEvent::ready, "running");
    said.clear();
  }

  Status run(const std::stop_token& stop = {}) {
    budget.emplace(budget_limit, nullptr);
    const auto errors = clickhouse::error_table_layout({.database = "db", .table = "events"});
    OpenRanges open(events_layout(), errors, *budget, sharing);
    const DeadLetters dead_letters("p1", "pipe");
    const ExpiredNames names({.window = {.inserts = 0, .age = {}},
                              .why_not_asked = {},
                              .rows = std::make_unique<SinkTable>(sink),
                              .errors = std::make_unique<FakeTable>(),
                              .errors_layout = errors});
    DeliveryThreads outbox(
        {.sink = sink, .events = events, .progress = progress, .names = asks ? &names : nullptr});
    outbox.start();
    std::unique_ptr<Decoder> own = std::make_unique<BorrowedDecoder>(decoder);
    IngestLane lane({.source = source,
                     .decoder = own,
                     .open = open,
                     .dead_letters = dead_letters,
                     .outbox = outbox,
                     .budget = *budget,
                     .events = events,
                     .progress = progress,
                     .run = "run",
                     .table = table.get()},
                    options);
    Status outcome = lane.run(stop);
    outbox.stop();
    return outcome;
  }

  FakeSource source;
  FakeSink sink;
  FakeDecoder decoder;
  std::unique_ptr<TableWatch> table;
  Sharing sharing = Sharing::one_for_all;
  bool asks = false;  // the table, before each repeat
  std::size_t budget_limit = 96u << 10;
  std::optional<ByteBudget> budget;
  std::vector<std::string> said;
  PipeEvents events{"pipe", [this](const PipeLogEntry& entry) { said.push_back(entry.message); }};
  Progress progress;
  LaneOptions options{
      .seal = {.rows = 1500, .bytes = 1u << 20, .age = std::chrono::milliseconds(50)},
      .until_caught_up = true,
      .stop_limit = std::chrono::milliseconds(200),
      .hand_over_limit = std::chrono::seconds(5)};
};

/// Every record of every log is stored once, but for numbers or offsets in `without`.
inline void expect_each_once(LaneWorld& world, int logs, std::int64_t records,
                             const std::set<std::int64_t>& without = {}) {
  const auto stored = world.sink.stored();
  std::size_t expected = 0;
  for (int log = 0; log < logs; ++log) {
    for (std::int64_t i = 0; i < records; ++i) {
      const std::int64_t number = log * 1'000'000 + i;
      const std::size_t want = without.contains(number) || without.contains(i) ? 0 : 1;
      ASSERT_EQ(stored.count(number), want) << number;
      expected += want;
    }
  }
  EXPECT_EQ(stored.size(), expected);
}

}  // namespace penstock::testing
