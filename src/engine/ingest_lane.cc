#include "engine/ingest_lane.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "base/clock.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostRecordsPerPoll = 10'000;
constexpr std::size_t kMostBytesPerPoll = 4u << 20;  // as far as the last records tell
constexpr int kCommitsAtEnd = 20;
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
  Status outcome = carry(stop);
  if (!outcome.ok() && outcome.error().recovery == Recovery::rebuild) commit_what_is_delivered();
  return outcome;
}

// The whole journey, one step per line. Start reading here.
Status IngestLane::carry(const std::stop_token& stop) {
  while (!stop.stop_requested() && !lineup_.may_end(Clock::now())) {
    PENSTOCK_OK(settle_deliveries(0ms));
    PENSTOCK_OK(set_aside_refused());
    PENSTOCK_OK(follow_table());
    PENSTOCK_OK(decode_undecoded());
    balance_memory();
    pause_or_resume();
    PENSTOCK_OK(read());
    if (caught_up_ || parts_.open.is_due(limits_, Clock::now()) ||
        parts_.dead_letters.open().is_due(options_.seal, Clock::now())) {
      seal();
    }
    PENSTOCK_OK(commit_progress(false));
    report();
    if (reject_rate_.is_above_limit()) break;
  }
  PENSTOCK_OK(drain(stop));
  return reject_rate_.is_above_limit() ? Status(reject_rate_.error()) : done();
}

// Rows so far leave with the columns they have; the records that follow fill the new ones.
Status IngestLane::follow_table() {
  if (parts_.table == nullptr || parts_.table->number() == table_version_) return done();
  TableWatch::Version version = parts_.table->version();
  table_version_ = version.number;
  seal_one(parts_.open);
  parts_.open.change_layout(version.mapping.layout);
  PENSTOCK_TRY(decoder, parts_.table->make_decoder(std::move(version.mapping)));
  parts_.decoder = std::move(decoder);
  return done();
}

// A poll brings at most what the open block still has room for, so that a block
// holds the rows it may and not one poll more. It is in no budget, hence small.
Status IngestLane::read() {
  const std::size_t room = limits_.rows - std::min(limits_.rows, parts_.open.rows());
  const auto left = parts_.open.time_left(limits_, Clock::now());
  auto polled = parts_.source.poll(
      {.records = std::clamp<std::size_t>(std::min(room, kMostBytesPerPoll / record_bytes_), 1,
                                          kMostRecordsPerPoll),
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
  for (RecordBatch& batch : polled.value().payloads) {
    const Ticket ticket = ledger_.open(batch.span);
    undecoded_.push_back({std::move(batch), ticket});
  }
  PENSTOCK_OK(decode_undecoded());
  PENSTOCK_OK(follow_ownership(polled.value()));
  const SourceProgress progress = parts_.source.progress();
  limits_ = growth_.limits(progress.lag);
  logs_ = progress.logs;
  parts_.progress.lag.store(progress.lag, std::memory_order_relaxed);
  parts_.progress.to_go.store(progress.to_go.value_or(0), std::memory_order_relaxed);
  parts_.progress.to_drain.store(progress.total, std::memory_order_relaxed);
  return done();
}

// Mostly one round per batch. While the decoder waits for a schema, batches stay here.
Status IngestLane::decode_undecoded() {
  while (!undecoded_.empty() && undecoded_.may_try(Clock::now())) {
    auto& [records, ticket] = undecoded_.front();
    Status decoded = decode(records, ticket);
    if (!decoded.ok()) {
      if (decoded.error().recovery != Recovery::retry) return decoded;
      undecoded_.put_off(decoded.error(), Clock::now());
      parts_.events.trouble(decoded.error());
      return done();
    }
    const std::string_view reason = undecoded_.take_reason();
    if (!reason.empty()) parts_.events.recovered(side_of(reason));
    parts_.source.recycle(std::move(records));
    undecoded_.pop_front();
  }
  return done();
}

// A batch is never split over two blocks, so one ticket covers it; a second stake
// in that ticket covers its rejects, which leave with the error rows.
Status IngestLane::decode(const RecordBatch& batch, Ticket ticket) {
  rejects_.clear();
  PENSTOCK_OK(parts_.decoder->decode(batch, parts_.open.block(), rejects_));
  const auto now = Clock::now();
  parts_.open.cover(batch);
  parts_.open.owe(ticket, now);
  if (!rejects_.empty()) {
    ledger_.share(ticket);
    parts_.dead_letters.add(batch, rejects_);
    parts_.dead_letters.open().owe(ticket, now);
  }
  reject_rate_.add(batch.size(), rejects_);
  std::uint64_t bytes = 0;
  for (const Bytes value : batch.values) bytes += value.size();
  // Up at once, down slowly: after large records more of them are likely.
  const std::size_t record_bytes = bytes / std::max<std::size_t>(batch.size(), 1) + 1;
  record_bytes_ = std::max(record_bytes, (record_bytes_ * 7 + record_bytes) / 8);
  parts_.progress.records.fetch_add(batch.size(), std::memory_order_relaxed);
  parts_.progress.bytes.fetch_add(bytes, std::memory_order_relaxed);
  parts_.progress.rejects.fetch_add(rejects_.size(), std::memory_order_relaxed);
  return done();
}

void IngestLane::seal() {
  seal_one(parts_.open);
  seal_one(parts_.dead_letters.open());
}

void IngestLane::seal_one(OpenBlock& open) {
  if (open.empty()) return;
  Sealed<Block> sealed = open.seal();
  if (sealed.payload.rows() > 0) {
    parts_.outbox.put(std::move(sealed));
    return;
  }
  // Everything rejected or filtered: nothing to send, all of it done.
  for (const Ticket ticket : sealed.tickets) ledger_.settle(ticket);
  open.recycle(std::move(sealed.payload));
}

Status IngestLane::settle_deliveries(std::chrono::milliseconds wait) {
  Status first_failure = done();
  for (Delivered& delivered : parts_.outbox.take_finished(wait)) {
    Status settled = settle(delivered);
    if (first_failure.ok()) first_failure = std::move(settled);
  }
  return first_failure;
}

Status IngestLane::settle(Delivered& delivered) {
  Sealed<Block>& sealed = delivered.sealed;
  if (!delivered.outcome.ok()) return std::move(delivered.outcome).error();
  const bool is_data = !parts_.dead_letters.owns(sealed.payload);
  if (!delivered.refused.empty()) {
    if (!is_data) {
      return Error{.fault = Fault::bug,
                   .recovery = Recovery::stop,
                   .code = delivered.refused.front().code,
                   .message = "the error table refused a row: " + delivered.refused.front().detail};
    }
    for (const Ticket ticket : sealed.tickets) ledger_.share(ticket);
    refused_.add(std::move(delivered.refused), sealed.tickets);
  }
  for (const Ticket ticket : sealed.tickets) ledger_.settle(ticket);
  if (is_data) {
    parts_.progress.rows.fetch_add(delivered.outcome.value().rows, std::memory_order_relaxed);
    parts_.progress.inserts.fetch_add(1, std::memory_order_relaxed);
    parts_.progress.last_insert_ms.store(wall_clock_ms(), std::memory_order_relaxed);
  }
  (is_data ? parts_.open : parts_.dead_letters.open()).recycle(std::move(sealed.payload));
  return done();
}

Status IngestLane::set_aside_refused() {
  Status aside = refused_.set_aside();
  if (aside.ok() || aside.error().recovery != Recovery::retry) return aside;
  parts_.events.trouble(aside.error());
  in_trouble_ = true;
  return done();
}

void IngestLane::balance_memory() {
  if (short_of_memory_ || parts_.budget.above_high_mark()) {
    parts_.open.release_spares();
    parts_.dead_letters.open().release_spares();
  }
  if (!short_of_memory_ && parts_.budget.above_high_mark()) {
    short_of_memory_ = true;
    seal();  // what is open may be all there is to wait for
  } else if (short_of_memory_ && parts_.budget.below_low_mark()) {
    short_of_memory_ = false;
  }
}

// Pausing keeps group membership: poll() still runs, it only brings no records.
void IngestLane::pause_or_resume() {
  const bool pause =
      short_of_memory_ || caught_up_ || !undecoded_.empty() || !lineup_.may_read(Clock::now());
  if (pause == paused_) return;
  pause ? parts_.source.pause() : parts_.source.resume();
  paused_ = pause;
}

void IngestLane::report() {
  lineup_.report(parts_.number,
                 {.settled = settled_,
                  .finished = caught_up_ && undecoded_.empty() && nothing_open(),
                  .owned = owned_.size(),
                  .logs = logs_},
                 Clock::now());
}

bool IngestLane::nothing_open() const {
  return parts_.outbox.open() == 0 && refused_.empty() && parts_.open.empty() &&
         parts_.dead_letters.open().empty();
}

Status IngestLane::follow_ownership(const Polled<RecordBatch>& polled) {
  owned_.insert(polled.gained.begin(), polled.gained.end());
  for (const LogId log : polled.lost) {
    undecoded_.drop(log);
    ledger_.fence(log);
    owned_.erase(log);
  }
  return polled.leaving.empty() ? done() : hand_over(polled.leaving);
}

// The next member should not read again what we hold, so it is delivered first: all but
// what waits to be decoded, which may take for ever.
Status IngestLane::hand_over(const std::vector<LogId>& leaving) {
  for (const LogId log : leaving) undecoded_.drop(log);
  PENSTOCK_OK(finish_open_work(Clock::now() + options_.hand_over_limit, nullptr));
  // When the group takes no commit at all, the next member reads again what we delivered.
  Status committed = commit_progress(true);
  for (int again = 0; again < kCommitsAtEnd && is_refused_for_now(committed); ++again) {
    std::this_thread::sleep_for(kCommitAgainAfter);
    committed = commit_progress(true);
  }
  if (!committed.ok() && !is_refused_for_now(committed)) return committed;
  for (const LogId log : leaving) {
    ledger_.fence(log);
    owned_.erase(log);
  }
  parts_.source.release(leaving);
  return done();
}

Status IngestLane::commit_progress(bool wait) {
  std::vector<ResumePoint> points;
  for (const LogId log : owned_) {
    if (auto point = ledger_.take_resume_point(log)) points.push_back({log, std::move(*point)});
  }
  if (points.empty() && !wait) return done();
  return parts_.source.commit(points, wait);
}

// Seals and delivers every decoded row, as far as the deadline allows.
Status IngestLane::finish_open_work(Clock::time_point deadline, const std::stop_token* stop) {
  for (;;) {
    seal();
    PENSTOCK_OK(settle_deliveries(20ms));
    PENSTOCK_OK(set_aside_refused());
    if (nothing_open() || Clock::now() > deadline) return done();
    if (stop != nullptr && stop->stop_requested()) return done();
  }
}

// A stop has a deadline: what is not delivered by then is simply not committed.
// Without one (all caught up) there is no hurry, unless a stop comes after all.
Status IngestLane::drain(const std::stop_token& stop) {
  parts_.source.pause();
  if (!stop.stop_requested()) {
    PENSTOCK_OK(finish_open_work(Clock::time_point::max(), &stop));
  }
  if (stop.stop_requested()) {
    PENSTOCK_OK(finish_open_work(Clock::now() + options_.stop_limit, nullptr));
  }
  return commit_for_good();
}

void IngestLane::commit_what_is_delivered() {
  parts_.source.pause();
  const auto deadline = Clock::now() + options_.stop_limit;
  while (parts_.outbox.open() > 0 && Clock::now() < deadline) {
    (void)settle_deliveries(20ms);
  }
  (void)commit_for_good();
}

// A group in the middle of a rebalance refuses commits until its members have polled.
Status IngestLane::commit_for_good() {
  Status committed = commit_progress(true);
  for (int again = 0; again < kCommitsAtEnd && is_refused_for_now(committed); ++again) {
    PENSTOCK_TRY(polled, parts_.source.poll({.records = 1, .wait = kLongestPoll}));
    if (!polled.leaving.empty()) parts_.source.release(polled.leaving);
    committed = commit_progress(true);
  }
  return committed;
}

}  // namespace penstock
