#include "engine/shipments.h"

#include <utility>

#include "base/clock.h"

namespace penstock {
namespace {

constexpr std::size_t kLongestName = 400;  // it travels in a URL

}  // namespace

// Its logs stay behind by one stake each until that many blocks are delivered.
void Shipments::seal(OpenRange& open) {
  if (open.empty()) return;
  SealedRange range = open.seal();
  std::vector<Ticket> tickets;
  for (const Cover& cover : range.covers) {
    tickets.push_back(ledger_.open({.log = cover.log, .resume_after = cover.resume_after}));
  }
  const std::string name = name_of(range);
  send(std::move(range.rows), tickets, name);
  send(std::move(range.errors), tickets, name);
  for (const Ticket ticket : tickets) ledger_.settle(ticket);
}

void Shipments::send(std::optional<Block> block, const std::vector<Ticket>& tickets,
                     const std::string& name) {
  if (!block) return;
  for (const Ticket ticket : tickets) ledger_.share(ticket);
  parts_.outbox.put({.payload = *std::move(block), .tickets = tickets, .delivery_id = name});
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
    parts_.progress.last_insert_ms.store(wall_clock_ms(), std::memory_order_relaxed);
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
  std::vector<ResumePoint> points;
  for (const LogId log : logs) {
    if (auto point = ledger_.take_resume_point(log)) points.push_back({log, std::move(*point)});
  }
  return points;
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
