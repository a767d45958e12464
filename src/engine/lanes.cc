#include "engine/lanes.h"

#include <chrono>
#include <exception>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/thread.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;

constexpr auto kCloseLimit = 2000ms;

Error bug(const std::exception& broken) {
  return Error{.fault = Fault::bug,
               .recovery = Recovery::stop,
               .code = "engine.bug",
               .message = broken.what()};
}

}  // namespace

Lanes::Lanes(PipeParts& parts, PipeEvents& events, std::span<Progress> progress)
    : parts_(parts), events_(events), progress_(progress), lineup_(parts.lanes.size()) {
  for (std::size_t i = 0; i < parts.lanes.size(); ++i) {
    outboxes_.emplace_back(DeliveryParts{.sink = *parts_.sink,
                                         .events = events_,
                                         .progress = progress_[i],
                                         .names = parts_.expired_names.get()});
  }
}

Lanes::~Lanes() {
  for (std::size_t i = 0; i < parts_.lanes.size(); ++i) progress_[i].leave();
}

Status Lanes::open() {
  for (const auto& lane : parts_.lanes) PENSTOCK_OK(lane->source->open());
  return done();
}

Status Lanes::run(const std::stop_token& stop, bool until_caught_up) {
  const LaneOptions options{.seal = parts_.seal.steady,
                            .largest = parts_.seal.largest,
                            .reject_limit = parts_.reject_limit,
                            .until_caught_up = until_caught_up};
  const std::stop_callback pass_on(stop, [this] { stop_.request_stop(); });
  for (DeliveryThreads& outbox : outboxes_) outbox.start();
  {
    const std::jthread table([this](const std::stop_token& ended) { watch_table(ended); });
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < outboxes_.size(); ++i) {
      threads.emplace_back([this, i, &options] {
        name_this_thread("lane " + std::to_string(i));
        run_one(i, options);
      });
    }
    run_one(0, options);
  }
  // The sink is shared and stops for good: not before the last lane has ended.
  for (DeliveryThreads& outbox : outboxes_) outbox.stop();
  close_sources();
  if (failure_) return *std::move(failure_);
  return done();
}

void Lanes::run_one(std::size_t number, const LaneOptions& options) {
  PipeLane& own = *parts_.lanes[number];
  try {
    IngestLane lane({.source = *own.source,
                     .decoder = own.decoder,
                     .open = *own.open,
                     .dead_letters = parts_.dead_letters,
                     .outbox = outboxes_[number],
                     .budget = own.budget,
                     .events = events_,
                     .progress = progress_[number],
                     .run = parts_.run + "-" + std::to_string(number),
                     .table = parts_.table.get(),
                     .pressure = &parts_.pressure,
                     .lineup = &lineup_,
                     .number = number},
                    options);
    Status outcome = lane.run(stop_.get_token());
    if (!outcome.ok()) fail(std::move(outcome).error());
  } catch (const std::exception& broken) {
    fail(bug(broken));
  }
}

// ClickHouse tells nobody of an ALTER, so it is asked. What the pipe cannot write ends it before
// the server has to refuse a block.
void Lanes::watch_table(const std::stop_token& stop) {
  if (parts_.table == nullptr) return;
  name_this_thread("table");
  const std::stop_callback give_up(stop, [this] { parts_.table->abandon(); });
  try {
    while (sleep_unless_stopped(stop, parts_.look_every)) {
      auto changes = parts_.table->look();
      if (!changes.ok()) return fail(std::move(changes).error());
      for (const std::string& change : changes.value()) {
        events_.note(log::Level::info, "", "the table changed, and the pipe with it: " + change);
      }
    }
  } catch (const std::exception& broken) {
    fail(bug(broken));
  }
}

void Lanes::fail(Error error) {
  stop_.request_stop();
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(error);
}

// Side by side: one that cannot reach its broker takes all of its time.
void Lanes::close_sources() {
  std::vector<std::jthread> threads;
  for (const auto& lane : parts_.lanes) {
    threads.emplace_back([this, &source = *lane->source] {
      const Status closed = source.close(kCloseLimit);
      if (closed.ok()) return;
      events_.note(log::Level::warning, std::string(closed.error().code), closed.error().text());
    });
  }
}

}  // namespace penstock
