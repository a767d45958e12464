#include "contract/ledger.h"

#include <utility>

namespace penstock {

Ticket OffsetLedger::open(const Span& span) {
  Log& log = logs_[span.log];
  log.pending.push_back({span.resume_after, 1});
  return {span.log, log.epoch, log.first_number + log.pending.size() - 1};
}

void OffsetLedger::share(Ticket ticket) {
  if (Entry* entry = find(ticket)) ++entry->stakes;
}

void OffsetLedger::settle(Ticket ticket) {
  Entry* entry = find(ticket);
  if (entry == nullptr || entry->stakes == 0) return;
  --entry->stakes;
  Log& log = logs_[ticket.log];
  while (!log.pending.empty() && log.pending.front().stakes == 0) {
    log.resume_after = std::move(log.pending.front().resume_after);
    log.pending.pop_front();
    ++log.first_number;
  }
}

std::optional<std::string> OffsetLedger::take_resume_point(LogId id) {
  const auto found = logs_.find(id);
  if (found == logs_.end()) return std::nullopt;
  return std::exchange(found->second.resume_after, std::nullopt);
}

void OffsetLedger::fence(LogId id) {
  Log& log = logs_[id];
  log.first_number += log.pending.size();
  log.pending.clear();
  log.resume_after.reset();
  ++log.epoch;
}

std::size_t OffsetLedger::in_flight(LogId id) const {
  const auto found = logs_.find(id);
  return found == logs_.end() ? 0 : found->second.pending.size();
}

OffsetLedger::Entry* OffsetLedger::find(Ticket ticket) {
  const auto found = logs_.find(ticket.log);
  if (found == logs_.end() || ticket.epoch != found->second.epoch) return nullptr;
  Log& log = found->second;
  if (ticket.number < log.first_number) return nullptr;
  const auto index = ticket.number - log.first_number;
  return index < log.pending.size() ? &log.pending[index] : nullptr;
}

}  // namespace penstock
