// A whole lane from memory: poll, decode, seal, hand over. No broker, no server, nothing
// compressed or sent; every row must arrive. Without arguments: all cases.
//
//   penstock_lane_bench [--case web|order|wide] [--lanes N] [--logs N] [--rows N]

#include <CLI/CLI.hpp>

#include <atomic>
#include <deque>
#include <iostream>
#include <stop_token>
#include <thread>

#include "allocations.h"
#include "clickhouse/error_table.h"
#include "engine/delivery_threads.h"
#include "engine/ingest_lane.h"
#include "formats/json/decoder.h"
#include "memory_source.h"
#include "run_line.h"
#include "usage.h"

namespace {

using namespace penstock;

struct Case {
  std::string kind = "web";
  std::size_t lanes = 1;
  std::size_t logs = 4;  // per lane
  std::size_t rows = 0;  // per lane
};

/// Counts rows and lets them go.
class CountingSink final : public Sink<Block> {
 public:
  Result<Receipt> deliver(const Sealed<Block>& sealed) override {
    rows += sealed.payload.rows();
    return Receipt{.rows = sealed.payload.rows()};
  }
  std::size_t max_parallel() const noexcept override { return 1; }
  void abandon() override {}

  std::atomic<std::uint64_t> rows{0};
};

/// One lane with everything it works with.
class Lane {
 public:
  Lane(const bench::EventSet& events, const Case& what)
      : source_(events, what.logs, what.rows),
        budget_(256u << 20, nullptr),
        open_(events.mapping.layout,
              clickhouse::error_table_layout({.database = "default", .table = "events"}), budget_,
              Sharing::one_for_all),
        dead_letters_("bench", "bench"),
        decoder_(bench::must(make_json_decoder(events.mapping, {}))),
        events_("bench", {}),
        outbox_({.sink = sink_, .events = events_, .progress = progress_}) {}

  /// Ends the program unless every row arrived.
  void run(std::size_t rows) {
    outbox_.start();
    IngestLane lane({.source = source_,
                     .decoder = decoder_,
                     .open = open_,
                     .dead_letters = dead_letters_,
                     .outbox = outbox_,
                     .budget = budget_,
                     .events = events_,
                     .progress = progress_,
                     .run = "bench"},
                    {.seal = {}, .until_caught_up = true});
    const std::uint64_t before = bench::allocations();
    const Status ended = lane.run(std::stop_token());
    allocations_ = bench::allocations() - before;
    outbox_.stop();
    if (ended.ok() && sink_.rows == rows) return;
    std::cerr << sink_.rows << " rows of " << rows << (ended.ok() ? "" : ended.error().text())
              << "\n";
    std::exit(1);
  }

  /// Calls of malloc on the lane's thread, those of its source left out.
  std::uint64_t allocations() const { return allocations_; }

 private:
  bench::MemorySource source_;
  ByteBudget budget_;
  OpenRanges open_;
  DeadLetters dead_letters_;
  std::unique_ptr<Decoder> decoder_;
  PipeEvents events_;
  Progress progress_;
  CountingSink sink_;
  DeliveryThreads outbox_;
  std::uint64_t allocations_ = 0;
};

std::uint64_t run_lanes(const bench::EventSet& events, const Case& what) {
  std::deque<Lane> lanes;
  for (std::size_t i = 0; i < what.lanes; ++i) lanes.emplace_back(events, what);
  {
    std::vector<std::jthread> threads;
    threads.reserve(lanes.size());
    for (Lane& lane : lanes) threads.emplace_back([&lane, &what] { lane.run(what.rows); });
  }
  std::uint64_t allocations = 0;
  for (const Lane& lane : lanes) allocations += lane.allocations();
  return allocations;
}

void run(const Case& what) {
  constexpr std::size_t kBytes = 2'600'000;  // in the caches, as what was just fetched is
  const bench::EventSet events = bench::make_events(what.kind, kBytes);
  Case half = what;
  half.rows /= 2;
  const std::uint64_t warm_up = run_lanes(events, half);

  const bench::Usage before = bench::usage_of_process();
  const std::uint64_t allocations = run_lanes(events, what);
  const bench::Usage used = bench::usage_of_process() - before;
  const double rows = static_cast<double>(what.rows * what.lanes);
  bench::RunLine{
      .name =
          "lane/" + what.kind + "/" + std::to_string(what.lanes) + "x" + std::to_string(what.logs),
      .rows = what.rows * what.lanes,
      .bytes = static_cast<std::uint64_t>(rows * static_cast<double>(events.bytes) /
                                          static_cast<double>(events.texts.size())),
      .cpu_s = used.user + used.system,
      .wall_s = used.wall,
      // What half as many rows needed is warm-up and end.
      .extras = {{"allocations_per_row",
                  (static_cast<double>(allocations) - static_cast<double>(warm_up)) / (rows / 2)}}}
      .print();
}

}  // namespace

int main(int count, char** arguments) {
  Case what;
  CLI::App app("A lane from memory");
  const auto* kind = app.add_option("--case", what.kind, "web, order or wide");
  app.add_option("--lanes", what.lanes, "threads");
  app.add_option("--logs", what.logs, "logs of each lane");
  app.add_option("--rows", what.rows, "rows of each lane");
  CLI11_PARSE(app, count, arguments);
  if (*kind) {
    if (what.rows == 0) what.rows = 1'000'000;
    run(what);
    return 0;
  }
  run({.kind = "web", .rows = 2'000'000});
  run({.kind = "web", .lanes = 2, .rows = 2'000'000});
  run({.kind = "web", .logs = 1, .rows = 2'000'000});
  run({.kind = "web", .logs = 64, .rows = 2'000'000});
  run({.kind = "order", .rows = 400'000});
  run({.kind = "wide", .rows = 200'000});
  return 0;
}
