#include "engine/ingest_lane.h"

#include <algorithm>
#include <utility>

namespace penstock {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostRecordsPerPoll = 10'000;
constexpr std::size_t kMostBytesPerPoll = 4u << 20;  // as far as the last records tell
constexpr auto kLastCommitLimit = 2000ms;
constexpr auto kCommitAgainAfter = 100ms;
constexpr auto kLongestPoll = 50ms;  // deliveries are settled at least this often

// A group in the middle of a rebalance takes no commits.
bool is_refused_for_now(const Status& committed) {
  return !committed.ok() && committed.error().recovery == Recovery::retry;
}

}  // namespace

// What comes after a block that no longer fits its table is read again. What went before, or
// beside it, need not be.
Status IngestLane::run(const std::stop_token& stop) {
  stop_ = stop;
  Status outcome = carry();
  if (!outcome.ok() && outcome.error().recovery == Recovery::rebuild) commit_what_is_delivered();
  return outcome;
}

// The whole journey, one step per line. Start reading here.
Status IngestLane::carry() {
  while (!stop_.stop_requested() && !lineup_.may_end(parts_.clock.now())) {
    PENSTOCK_OK(shipments_.settle(0ms));
    PENSTOCK_OK(set_aside_refused());
    PENSTOCK_OK(shipments_.release_announced());
    PENSTOCK_OK(follow_table());
    PENSTOCK_OK(intake_.decode(limits_.rows));
    balance_memory();
    pause_or_resume();
    PENSTOCK_OK(read());
    seal_due();
    PENSTOCK_OK(commit_progress(0ms));
    report();
    if (must_end()) break;
  }
  PENSTOCK_OK(drain());
  return verdict();
}

bool IngestLane::must_end() const {
  return intake_.reject_rate().is_above_limit() || data_loss_.must_end(parts_.clock.now());
}

// What was read before is delivered by now.
Status IngestLane::verdict() const {
  if (data_loss_.stands()) return data_loss_.error();
  return intake_.reject_rate().is_above_limit() ? Status(intake_.reject_rate().error()) : done();
}

// Rows so far leave with the columns they have; the records that follow fill the new ones. A range
// that is cut again ends only where it did, so it is waited for.
Status IngestLane::follow_table() {
  if (parts_.table == nullptr || parts_.table->number() == table_version_) return done();
  seal_all();
  if (!parts_.open.empty()) return done();
  TableWatch::Version version = parts_.table->version();
  table_version_ = version.number;
  parts_.open.change_layout(version.mapping.layout);
  PENSTOCK_TRY(decoder, parts_.table->make_decoder(std::move(version.mapping)));
  parts_.decoder = std::move(decoder);
  return done();
}

// A poll brings at most what an open block still has room for, so that a block
// holds the rows it may and not one poll more. It is in no budget, hence small.
Status IngestLane::read() {
  const bool is_shared = parts_.open.sharing() == Sharing::one_for_all;  // else Intake cuts
  const std::size_t filled = is_shared ? parts_.open.most_rows() : 0;
  const std::size_t room = limits_.rows - std::min(limits_.rows, filled);
  const std::size_t most = std::min(room, kMostBytesPerPoll / intake_.record_bytes());
  const auto left = shipments_.time_left(limits_);
  auto polled = parts_.source.poll(
      {.records = std::clamp<std::size_t>(most, 1, kMostRecordsPerPoll),
       .wait = left ? std::min<std::chrono::milliseconds>(*left, kLongestPoll) : kLongestPoll});
  if (!polled.ok()) {
    if (polled.error().recovery != Recovery::retry) return std::move(polled).error();
    parts_.events.trouble(polled.error());
    in_trouble_ = true;
    return done();
  }
  if (std::exchange(in_trouble_, false)) parts_.events.recovered("kafka");
  settled_ = polled.value().settled;
  caught_up_ = options_.until_caught_up && polled.value().caught_up;
  PENSTOCK_OK(follow_ownership(polled.value()));
  data_loss_.add(polled.value().lost_offsets, parts_.clock.now());
  for (RecordBatch& batch : polled.value().payloads) intake_.add(std::move(batch));
  PENSTOCK_OK(intake_.decode(limits_.rows));
  follow_progress();
  return done();
}

void IngestLane::follow_progress() {
  const SourceProgress progress = parts_.source.progress();
  follow_pressure();
  limits_ = pressure_.limits(growth_.limits(progress.lag), options_.largest);
  logs_ = progress.logs;
  parts_.progress.lag.store(progress.lag, std::memory_order_relaxed);
  parts_.progress.to_go.store(progress.to_go.value_or(0), std::memory_order_relaxed);
  parts_.progress.to_drain.store(progress.total, std::memory_order_relaxed);
}

void IngestLane::follow_pressure() {
  const auto now = parts_.clock.now();
  const std::uint64_t refusals = parts_.progress.too_many_parts.load(std::memory_order_relaxed);
  const bool is_refused = refusals != std::exchange(parts_refusals_, refusals);
  const auto said = is_refused ? pressure_.too_many_parts(now) : pressure_.relax(now);
  if (said) parts_.events.note(log::Level::info, "", *said);
}

void IngestLane::seal_all() {
  parts_.open.for_each([this](LogId log, OpenRange& open) { shipments_.seal(log, open); });
}

// What all logs have open together is bounded as one range is.
void IngestLane::seal_due() {
  const auto now = parts_.clock.now();
  parts_.open.for_each([&](LogId log, OpenRange& open) {
    if (caught_up_ || open.is_due(limits_, now)) shipments_.seal(log, open);
  });
  if (parts_.open.bytes() < limits_.bytes) return;
  const std::size_t most = parts_.open.most_rows();
  parts_.open.for_each([&](LogId log, OpenRange& open) {
    if (open.row_count() == most) shipments_.seal(log, open);
  });
}

Status IngestLane::set_aside_refused() {
  Status aside = shipments_.set_aside_refused();
  if (aside.ok() || aside.error().recovery != Recovery::retry) return aside;
  parts_.events.trouble(aside.error());
  in_trouble_ = true;
  return done();
}

void IngestLane::balance_memory() {
  if (short_of_memory_ || parts_.budget.above_high_mark()) parts_.open.release_small_spares();
  if (!short_of_memory_ && parts_.budget.above_high_mark()) {
    short_of_memory_ = true;
    // Much that is on its way means a slow destination, and smaller blocks would not help that.
    if (parts_.open.bytes() > parts_.budget.used() / 2) {
      const auto said = pressure_.short_of_memory(parts_.clock.now());
      if (said) parts_.events.note(log::Level::info, "", *said);
    }
    seal_all();  // what is open may be all there is to wait for
  } else if (short_of_memory_ && parts_.budget.below_low_mark()) {
    short_of_memory_ = false;
  }
}

// Pausing keeps group membership: poll() still runs, it only brings no records.
void IngestLane::pause_or_resume() {
  const bool must_drain = short_of_memory_ && !shipments_.empty();
  const bool pause = must_drain || shipments_.full() || caught_up_ || intake_.waiting() ||
                     !lineup_.may_read(parts_.clock.now());
  if (pause == paused_) return;
  pause ? parts_.source.pause() : parts_.source.resume();
  paused_ = pause;
}

void IngestLane::report() {
  lineup_.report(parts_.number,
                 {.settled = settled_,
                  .finished = caught_up_ && !intake_.waiting() && nothing_open(),
                  .owned = owned_.size(),
                  .logs = logs_},
                 parts_.clock.now());
}

bool IngestLane::nothing_open() const { return shipments_.empty() && parts_.open.empty(); }

Status IngestLane::follow_ownership(const Polled<RecordBatch>& polled) {
  for (const LogId log : polled.lost) let_go(log);
  if (!polled.leaving.empty()) PENSTOCK_OK(hand_over(polled.leaving));
  for (const Gained& gained : polled.gained) {
    let_go(gained.log);  // whatever we had of it
    PENSTOCK_OK(shipments_.gain(gained));
    owned_.insert(gained.log);
  }
  return done();
}

// The next member should not read again what we hold, so it is delivered first: all but
// what waits to be decoded, which may take for ever. With exactly-once only what was sent is
// waited for, and only while the group lets us send: the rest is read again, and sent under the
// names it would have had.
Status IngestLane::hand_over(const std::vector<LogId>& leaving) {
  for (const LogId log : leaving) intake_.drop(log);
  const auto deadline = parts_.clock.now() + options_.hand_over_limit;
  if (parts_.open.sharing() == Sharing::one_for_all) {
    while (!nothing_open() && !is_late(deadline)) PENSTOCK_OK(finish_open_work());
  } else {
    for (const LogId log : leaving) {
      parts_.open.forget(log);
      shipments_.hold_off(log);
    }
    while (shipments_.sending_of(leaving) && !is_late(deadline)) PENSTOCK_OK(serve_deliveries());
  }
  PENSTOCK_OK(commit_before_leaving());
  for (const LogId log : leaving) let_go(log);
  parts_.source.release(leaving);
  return done();
}

// When the group takes no commit at all, the next member reads again what we delivered.
Status IngestLane::commit_before_leaving() {
  const auto deadline = parts_.clock.now() + kLastCommitLimit;
  for (;;) {
    Status committed = commit_progress(kLastCommitLimit);
    if (!is_refused_for_now(committed)) return committed;
    if (is_late(deadline)) return done();
    parts_.clock.sleep({}, kCommitAgainAfter);
  }
}

void IngestLane::let_go(LogId log) {
  intake_.drop(log);
  parts_.open.forget(log);
  shipments_.fence(log);
  owned_.erase(log);
}

Status IngestLane::commit_progress(std::chrono::milliseconds wait) {
  return parts_.source.commit(shipments_.take_resume_points(owned_), wait);
}

Status IngestLane::serve_deliveries() {
  PENSTOCK_OK(commit_progress(0ms));
  PENSTOCK_OK(shipments_.settle(20ms));
  PENSTOCK_OK(set_aside_refused());
  return shipments_.release_announced();
}

Status IngestLane::finish_open_work() {
  seal_all();
  return serve_deliveries();
}

// A stop has its own deadline, whatever it interrupts.
bool IngestLane::is_late(Clock::time_point deadline) {
  const auto now = parts_.clock.now();
  if (stop_.stop_requested()) end_by_ = std::min(end_by_, now + options_.stop_limit);
  return now > std::min(deadline, end_by_);
}

// What is not delivered when a stop's time is over is simply not committed. Without a stop (all
// caught up) there is no hurry.
Status IngestLane::drain() {
  parts_.source.pause();
  shipments_.drop_unfinished();
  while (!nothing_open() && !is_late(Clock::time_point::max())) {
    PENSTOCK_OK(finish_open_work());
    PENSTOCK_OK(follow_group(1ms));
  }
  return commit_for_good();
}

void IngestLane::commit_what_is_delivered() {
  parts_.source.pause();
  const auto deadline = parts_.clock.now() + options_.stop_limit;
  while (parts_.outbox.open() > 0 && !is_late(deadline)) (void)shipments_.settle(20ms);
  (void)commit_for_good();
}

// A group in the middle of a rebalance refuses commits until its members have polled.
Status IngestLane::commit_for_good() {
  const auto deadline = parts_.clock.now() + kLastCommitLimit;
  for (;;) {
    Status committed = commit_progress(kLastCommitLimit);
    if (!is_refused_for_now(committed) || parts_.clock.now() > deadline) return committed;
    PENSTOCK_OK(follow_group(kLongestPoll));
  }
}

// A source that is paused brings no records, only what became of its logs. What the group takes
// from us meanwhile is nothing to wait for.
Status IngestLane::follow_group(std::chrono::milliseconds wait) {
  auto polled = parts_.source.poll({.records = 1, .wait = wait});
  if (polled.ok()) return follow_ownership(polled.value());
  return polled.error().recovery == Recovery::retry ? done() : Status(std::move(polled).error());
}

}  // namespace penstock
