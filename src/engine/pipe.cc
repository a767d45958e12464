#include "engine/pipe.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include "base/backoff.h"
#include "base/thread.h"
#include "engine/lanes.h"
#include "engine/pipe_parts.h"
#include "engine/schemas.h"

namespace penstock {

using namespace std::chrono_literals;

namespace {

/// What was tried when the table refused a block.
struct Attempt {
  std::uint64_t rows = 0;  // stored so far
  std::vector<TableColumn> columns;

  bool operator==(const Attempt&) const = default;
};

}  // namespace

Pipe::Pipe(PipeDocument document, PipeOptions options)
    : document_(std::move(document)),
      options_(std::move(options)),
      schemas_(make_schema_source(*document_.source.kafka)),
      events_(document_.name, options_.keep_log) {}

Status Pipe::run(const std::stop_token& stop) {
  name_this_thread("lane " + document_.name);
  events_.apply(PipeEvent::start, "starting");
  Status outcome = done();
  try {
    outcome = run_until_something_happens(stop);
  } catch (const std::exception& broken) {
    outcome = Error{.fault = Fault::bug,
                    .recovery = Recovery::stop,
                    .code = "engine.bug",
                    .message = broken.what()};
  }
  if (!outcome.ok()) {
    events_.give_up(outcome.error());
    return std::move(outcome).error().at("pipe " + document_.name);
  }
  events_.apply(PipeEvent::drain, "ending");
  events_.apply(PipeEvent::drained, "stopped; everything delivered is committed");
  return done();
}

// A far side that is away is waited for. A table that changed is read again; when that neither
// brought a single row further nor showed other columns, a person has to look.
Status Pipe::run_until_something_happens(const std::stop_token& stop) {
  Backoff backoff(500ms, 15s, std::hash<std::string>{}(document_.name));
  std::optional<Attempt> refused;
  while (!stop.stop_requested()) {
    Status outcome = run_lanes(stop);
    if (outcome.ok()) return done();
    const Error& error = outcome.error();
    Attempt attempt{.rows = progress().rows, .columns = columns_};
    if (error.recovery == Recovery::rebuild && refused != attempt) {
      refused = std::move(attempt);
      const bool is_of_table = side_of(error.code) == "clickhouse";
      events_.note(log::Level::warning, std::string(error.code),
                   error.text() + (is_of_table ? "; reading the table again" : ""));
    } else if (error.recovery == Recovery::retry) {
      events_.trouble(error);
      sleep_unless_stopped(stop, std::max(error.wait, backoff.next()));
    } else {
      return outcome;
    }
  }
  return done();
}

Status Pipe::run_lanes(const std::stop_token& stop) {
  if (!schemas_.ok()) return schemas_.error();
  PENSTOCK_TRY(parts, PipeParts::build(document_, schemas_.value(), options_.until_caught_up));
  say_of_table(*parts);
  columns_ = parts->table->version().mapping.layout->columns;
  Lanes lanes(*parts, events_, progress_);
  PENSTOCK_OK(lanes.open());
  events_.recovered("clickhouse");
  events_.recovered("kafka");
  events_.apply(PipeEvent::ready, "running; " + parts->summary);
  return lanes.run(stop, options_.until_caught_up);
}

void Pipe::renew_credentials(const PipeDocument& newer) {
  const auto& registry = newer.source.kafka->schema_registry;
  if (!registry || !schemas_.ok() || !schemas_.value()) return;
  schemas_.value()->set_login(login_of(*registry));
  events_.note(log::Level::info, "", "the schema registry's credentials were read again");
}

// The table is used as it is; whoever wrote the document may have meant another. Once, however
// often the parts are built.
void Pipe::say_of_table(const PipeParts& parts) {
  const clickhouse::DeliveryGuarantee& guarantee = parts.destination.guarantee;
  std::vector<std::string> warnings = parts.differences;
  warnings.insert(warnings.end(), guarantee.remarks.begin(), guarantee.remarks.end());
  std::vector<std::string> all = warnings;
  all.push_back(to_string(guarantee));
  if (all == std::exchange(said_of_table_, all)) return;
  for (const std::string& warning : warnings) {
    events_.note(log::Level::warning, "", document_.destination.table + ": " + warning);
  }
  events_.note(log::Level::info, "", all.back());
}

PipeProgress Pipe::progress() const {
  PipeProgress all;
  for (const Progress& lane : progress_) all.add(lane);
  return all;
}

}  // namespace penstock
