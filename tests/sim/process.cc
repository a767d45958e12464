#include "process.h"

#include "clickhouse/error_table.h"
#include "engine/ingest_lane.h"
#include "sim_decoder.h"
#include "sim_outbox.h"
#include "sim_range_rows.h"
#include "sim_sink.h"

namespace penstock::sim {
namespace {

constexpr milliseconds kCloseLimit(500);
constexpr milliseconds kTryAgainAfter(500);

std::shared_ptr<const BlockLayout> rows_layout() {
  static const auto layout = std::make_shared<const BlockLayout>(
      BlockLayout{"db", "events", {{.name = "n", .type = Type{.name = "Int64"}}}});
  return layout;
}

std::shared_ptr<const BlockLayout> errors_layout() {
  static const auto layout = clickhouse::error_table_layout({.database = "db", .table = "events"});
  return layout;
}

LaneOptions options_of(const Weather& weather) {
  return {.seal = {.rows = weather.block_rows, .bytes = 1u << 20, .age = weather.block_age},
          .largest = {.rows = 4 * weather.block_rows, .bytes = 1u << 20},
          .reject_limit = {.share = 1},
          .stop_limit = kSession / 2,
          .hand_over_limit = kSession / 2};
}

}  // namespace

Process::Process(const Surroundings& around, int number)
    : around_(around),
      number_(number),
      clock_(around.timeline),
      tasks_(around.timeline),
      link_(around.timeline, around.random, around.weather, tasks_, around.calm) {}

void Process::start() {
  around_.story.tell("process {} starts", number_);
  tasks_.spawn([this] { live(); });
}

void Process::stop() {
  around_.story.tell("process {} is asked to stop", number_);
  stopped_at_rest_ = around_.drained && !stop_.stop_requested();
  stop_.request_stop();
  tasks_.poke();
}

void Process::kill() {
  if (ended_) return;
  around_.story.tell("process {} is killed", number_);
  link_.die();
  tasks_.kill();
  outbox_ = nullptr;
  ended_ = true;
}

void Process::freeze() {
  around_.story.tell("process {} stands still", number_);
  tasks_.freeze();
}

void Process::thaw() {
  if (!tasks_.frozen() || ended_) return;
  around_.story.tell("process {} goes on", number_);
  tasks_.thaw();
  if (!link_.is_cut()) link_.mend();
}

void Process::cut_off() {
  around_.story.tell("process {} is cut off from the group", number_);
  link_.cut();
}

void Process::reconnect() {
  if (!link_.is_cut() || ended_) return;
  around_.story.tell("process {} reaches the group again", number_);
  link_.mend();
}

// As Pipe::run() does: what another attempt may cure is tried again, with parts built anew.
void Process::live() {
  while (!stop_.stop_requested()) {
    const Status outcome = run();
    if (outcome.ok()) break;
    around_.story.tell("process {}: {}", number_, outcome.error().text());
    if (outcome.error().recovery == Recovery::stop) {
      around_.story.fail(fmt::format("process {} failed: {}", number_, outcome.error().text()));
    }
    clock_.sleep(stop_.get_token(), kTryAgainAfter);
  }
  around_.story.tell("process {} ends", number_);
  ended_ = true;
}

Status Process::run() {
  ByteBudget budget(around_.weather.memory, nullptr);
  Status outcome = run_lane(budget);
  if (outcome.ok() && stopped_at_rest_ && budget.used() != 0) {
    around_.story.fail(fmt::format("{} bytes were not given back", budget.used()));
  }
  return outcome;
}

ExpiredNames Process::expired_names() const {
  const auto asking = [this](const FakeTable& table) {
    return std::make_unique<SimRangeRows>(around_.timeline, around_.random, around_.weather,
                                          around_.server, table, around_.calm);
  };
  return ExpiredNames({.policy = OnExpiredToken::ask,
                       .window = {.inserts = around_.weather.window, .age = {}},
                       .why_not_asked = {},
                       .rows = asking(around_.server.rows()),
                       .errors = asking(around_.server.errors()),
                       .errors_layout = errors_layout()});
}

Status Process::run_lane(ByteBudget& budget) {
  OpenRanges open(rows_layout(), errors_layout(), budget, Sharing::one_per_log);
  const DeadLetters dead_letters("1", "pipe");
  PipeEvents events("pipe", [this](const PipeLogEntry& entry) {
    around_.story.tell("process {}: {}", number_, entry.message);
  });
  events.apply(PipeEvent::start, "starting");
  events.apply(PipeEvent::ready, "running");
  Progress progress;
  SimSource source({.timeline = around_.timeline,
                    .random = around_.random,
                    .story = around_.story,
                    .weather = around_.weather,
                    .logs = around_.logs,
                    .group = around_.group,
                    .link = link_,
                    .process = tasks_,
                    .number = number_,
                    .calm = around_.calm,
                    .budget = budget});
  SimSink sink(around_.timeline, around_.random, around_.weather, around_.server, tasks_,
               around_.calm);
  const ExpiredNames names = expired_names();
  SimOutbox outbox({.sink = sink,
                    .events = events,
                    .progress = progress,
                    .names = around_.weather.asks ? &names : nullptr,
                    .clock = clock_},
                   tasks_);
  std::unique_ptr<Decoder> decoder =
      std::make_unique<SimDecoder>(around_.random, around_.weather, around_.logs, around_.calm);
  PENSTOCK_OK(source.open());
  outbox_ = &outbox;
  source_ = &source;
  outbox.start();
  Status outcome = done();
  {
    IngestLane lane({.source = source,
                     .decoder = decoder,
                     .open = open,
                     .dead_letters = dead_letters,
                     .outbox = outbox,
                     .budget = budget,
                     .events = events,
                     .progress = progress,
                     .run = "run",
                     .clock = clock_},
                    options_of(around_.weather));
    outcome = lane.run(stop_.get_token());
    outbox.stop();
    outbox_ = nullptr;
  }
  (void)source.close(kCloseLimit);
  return outcome;
}

}  // namespace penstock::sim
