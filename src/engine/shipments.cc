#include "engine/shipments.h"

#include <algorithm>
#include <utility>

namespace penstock {
namespace {

constexpr std::size_t kLongestName = 400;  // it travels in a URL

}  // namespace

Status Shipments::gain(const Gained& gained) {
  if (!exactly_once()) return done();
  PENSTOCK_OK(announcements_.gain(gained));
  const auto planned = announcements_.planned_end(gained.log);
  return planned ? parts_.source.expect_before(gained.log, *planned) : done();
}

std::optional<std::size_t> Shipments::bound_in(const RecordBatch& batch,
                                               std::size_t most_rows) const {
  if (!exactly_once()) return std::nullopt;
  const LogId log = batch.span.log;
  if (const PlannedRange* again = announcements_.again(log)) {
    const auto end = std::ranges::upper_bound(batch.offsets, again->last);
    const auto count = static_cast<std::size_t>(end - batch.offsets.begin());
    return batch.next > again->last ? std::optional(count) : std::nullopt;
  }
  const std::size_t rows = parts_.open.of(log).row_count();
  const std::size_t room = most_rows - std::min(most_rows, rows);
  return batch.size() > room && !announcements_.full(log) ? std::optional(room) : std::nullopt;
}

bool Shipments::may_seal(LogId log) const {
  return !exactly_once() || (announcements_.again(log) == nullptr && !announcements_.full(log));
}

void Shipments::seal(LogId log, OpenRange& open) {
  if (!open.empty() && may_seal(log)) send(open.seal());
}

std::optional<std::chrono::milliseconds> Shipments::time_left(const SealPolicy& policy) const {
  std::optional<std::chrono::milliseconds> least;
  parts_.open.for_each([&](LogId log, const OpenRange& open) {
    const auto left = may_seal(log) ? open.time_left(policy, parts_.clock.now()) : std::nullopt;
    if (left && (!least || *left < *least)) least = left;
  });
  return least;
}

void Shipments::drop_unfinished() {
  if (!exactly_once()) return;
  parts_.open.for_each([this](LogId log, OpenRange& open) {
    if (announcements_.again(log) != nullptr) open.drop();
  });
}

// Its logs stay behind by one stake each until that many blocks are delivered.
void Shipments::send(SealedRange range) {
  const Announcements::Label label = exactly_once()
                                         ? announcements_.cut(range.covers.front())
                                         : Announcements::Label{.delivery_id = name_of(range)};
  std::vector<Ticket> tickets;
  for (const Cover& cover : range.covers) {
    tickets.push_back(ledger_.open({.log = cover.log, .resume_after = cover.resume_after}));
  }
  send(std::move(range.rows), tickets, label);
  send(std::move(range.errors), tickets, label);
  for (const Ticket ticket : tickets) ledger_.settle(ticket);
}

void Shipments::send(std::optional<Block> block, const std::vector<Ticket>& tickets,
                     const Announcements::Label& label) {
  if (!block) return;
  for (const Ticket ticket : tickets) ledger_.share(ticket);
  Sealed<Block> sealed{.payload = *std::move(block),
                       .tickets = tickets,
                       .delivery_id = label.delivery_id,
                       .range = label.range,
                       .lease = label.lease};
  if (exactly_once()) {
    announcements_.hold(tickets.front().log, std::move(sealed));
  } else {
    parts_.outbox.put(std::move(sealed));
  }
}

Status Shipments::settle(std::chrono::milliseconds wait) {
  Status first_failure = done();
  for (Delivered& delivered : parts_.outbox.take_finished(wait)) {
    Status settled = settle(delivered);
    if (first_failure.ok()) first_failure = std::move(settled);
  }
  return first_failure;
}

Status Shipments::settle(Delivered& delivered) {
  Sealed<Block>& sealed = delivered.sealed;
  if (sealed.lease && sealed.lease->ended()) {  // whatever became of it: its next owner sees to it
    parts_.open.recycle(std::move(sealed.payload));
    return done();
  }
  if (!delivered.outcome.ok()) return std::move(delivered.outcome).error();
  const bool is_data = !parts_.open.holds_errors(sealed.payload);
  if (!delivered.refused.empty()) {
    if (!is_data) {
      return Error{.fault = Fault::bug,
                   .recovery = Recovery::stop,
                   .code = delivered.refused.front().code,
                   .message = "the error table refused a row: " + delivered.refused.front().detail};
    }
    for (const Ticket ticket : sealed.tickets) ledger_.share(ticket);
    refused_.add(std::move(delivered.refused), sealed);
  }
  for (const Ticket ticket : sealed.tickets) ledger_.settle(ticket);
  if (is_data) {
    parts_.progress.rows.fetch_add(delivered.outcome.value().rows, std::memory_order_relaxed);
    parts_.progress.inserts.fetch_add(1, std::memory_order_relaxed);
    parts_.progress.last_insert_ms.store(parts_.clock.wall_ms(), std::memory_order_relaxed);
  }
  parts_.open.recycle(std::move(sealed.payload));
  return done();
}

Status Shipments::set_aside_refused() {
  while (!refused_.empty()) {
    PENSTOCK_TRY(errors, refused_.take_next());
    parts_.outbox.put(std::move(errors));
  }
  return done();
}

std::vector<ResumePoint> Shipments::take_resume_points(const std::set<LogId>& logs) {
  if (exactly_once()) return announcements_.take_points(ledger_);
  std::vector<ResumePoint> points;
  for (const LogId log : logs) {
    if (auto point = ledger_.take_resume_point(log)) points.push_back({log, std::move(*point)});
  }
  return points;
}

Status Shipments::release_announced() {
  PENSTOCK_TRY(stored, parts_.source.take_stored());
  for (const Stored& one : stored) announcements_.confirm(one);
  for (Sealed<Block>& sealed : announcements_.take_announced()) {
    parts_.outbox.put(std::move(sealed));
  }
  return done();
}

void Shipments::hold_off(LogId log) {
  if (exactly_once()) recycle(announcements_.take_held(log));
}

void Shipments::fence(LogId log) {
  ledger_.fence(log);
  recycle(announcements_.drop(log));
}

void Shipments::recycle(std::vector<Sealed<Block>> unsent) {
  for (Sealed<Block>& sealed : unsent) parts_.open.recycle(std::move(sealed.payload));
}

// "<run>/<topic>:<partition>:<first>-<last>,…"; a range of very many logs is named by its
// number instead.
std::string Shipments::name_of(const SealedRange& range) {
  std::string name = parts_.run;
  ++sealed_;
  char separator = '/';
  for (const Cover& cover : range.covers) {
    name += separator + to_string(cover);
    separator = ',';
    if (name.size() > kLongestName) return parts_.run + "/block-" + std::to_string(sealed_);
  }
  return name;
}

}  // namespace penstock
