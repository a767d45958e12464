#include "engine/pipe.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "base/backoff.h"
#include "base/thread.h"
#include "engine/pipe_parts.h"

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

Pipe::Pipe(PipeDocument document, PipeOptions options)
    : document_(std::move(document)),
      options_(std::move(options)),
      events_(document_.name, options_.keep_log) {}

Status Pipe::run(const std::stop_token& stop) {
  name_this_thread("lane " + document_.name);
  events_.apply(PipeEvent::start, "starting");
  Status outcome = done();
  try {
    outcome = run_until_something_happens(stop);
  } catch (const std::exception& broken) {
    outcome = bug(broken);
  }
  if (!outcome.ok()) {
    events_.give_up(outcome.error());
    return std::move(outcome).error().at("pipe " + document_.name);
  }
  events_.apply(PipeEvent::drain, "ending");
  events_.apply(PipeEvent::drained, "stopped; everything delivered is committed");
  return done();
}

// A far side that is away is waited for. A table that changed is read again; when
// that did not bring a single row further, a person has to look.
Status Pipe::run_until_something_happens(const std::stop_token& stop) {
  Backoff backoff(500ms, 15s, std::hash<std::string>{}(document_.name));
  std::optional<std::uint64_t> rows_at_rebuild;
  while (!stop.stop_requested()) {
    Status outcome = run_lane(stop);
    if (outcome.ok()) return done();
    const Error& error = outcome.error();
    if (error.recovery == Recovery::rebuild && rows_at_rebuild != progress_.rows.load()) {
      rows_at_rebuild = progress_.rows.load();
      events_.note(log::Level::warning, std::string(error.code),
                   error.text() + "; reading the table again");
    } else if (error.recovery == Recovery::retry) {
      events_.trouble(error);
      sleep_unless_stopped(stop, std::max(error.wait, backoff.next()));
    } else {
      return outcome;
    }
  }
  return done();
}

Status Pipe::run_lane(const std::stop_token& stop) {
  PENSTOCK_TRY(parts, PipeParts::build(document_, options_.until_caught_up));
  PENSTOCK_OK(parts->source->open());
  events_.recovered("clickhouse");
  events_.recovered("kafka");
  events_.apply(PipeEvent::ready, "running; " + parts->summary);

  Outbox outbox(*parts->sink, events_, progress_);
  outbox.start();
  IngestLane lane({.source = *parts->source,
                   .decoder = *parts->decoder,
                   .open = *parts->open,
                   .dead_letters = *parts->dead_letters,
                   .outbox = outbox,
                   .budget = parts->budget,
                   .events = events_,
                   .progress = progress_},
                  {.seal = parts->seal.steady,
                   .largest = parts->seal.largest,
                   .until_caught_up = options_.until_caught_up});
  Status outcome = done();
  try {
    outcome = lane.run(stop);
  } catch (const std::exception& broken) {
    outcome = bug(broken);
  }
  outbox.stop();
  const Status closed = parts->source->close(kCloseLimit);
  if (outcome.ok() && !closed.ok()) {
    events_.note(log::Level::warning, std::string(closed.error().code), closed.error().text());
  }
  return outcome;
}

}  // namespace penstock
