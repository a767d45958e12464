#include "engine/announcements.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace penstock {
namespace {

// Two owners of one log never draw the same: only one of them can store it.
std::string new_era(std::int64_t now_ms) { return fmt::format("{:x}", now_ms); }

}  // namespace

Status Announcements::gain(const Gained& gained) {
  PENSTOCK_TRY(found, read_note(gained.note));
  if (!found && !gained.note.empty()) {
    log::warning("the group's position carries a note of another program; it will be replaced",
                 {{"note", gained.note.substr(0, 100)}});
  }
  DeliveryPlan plan =
      found ? *std::move(found) : DeliveryPlan{.era = new_era(clock_.wall_ms()), .ranges = {}};
  logs_.insert_or_assign(gained.log, Log{.plan = {std::move(plan), gained.resume_after}});
  return done();
}

std::vector<Sealed<Block>> Announcements::drop(LogId log) {
  const auto found = logs_.find(log);
  if (found == logs_.end()) return {};
  found->second.lease->end();
  std::vector<Sealed<Block>> held = take_held(log);
  logs_.erase(found);
  return held;
}

bool Announcements::any_full() const {
  return std::ranges::any_of(logs_, [](const auto& one) { return one.second.plan.full(); });
}

Announcements::Label Announcements::cut(const Cover& cover) {
  Log& log = logs_.at(cover.log);
  const bool again = log.plan.again() != nullptr;
  const PlannedRange range = log.plan.cut(cover.first, cover.last, clock_.wall_ms());
  return {.delivery_id = delivery_name(cover.topic, cover.partition, range, log.plan.era()),
          .range = SourceRange{.topic = cover.topic,
                               .partition = cover.partition,
                               .first = range.first,
                               .last = range.last,
                               .planned_at_ms = range.planned_at_ms,
                               .again = again},
          .lease = log.lease};
}

// What somebody else planned is part of everything we say of its log.
void Announcements::hold(LogId id, Sealed<Block> sealed) {
  Log& log = logs_.at(id);
  const bool was_said = sealed.range && sealed.range->again && log.first_number != 0;
  log.held.push_back({std::move(sealed), was_said ? log.first_number : number_ + 1});
}

std::vector<Sealed<Block>> Announcements::take_held(LogId log) {
  std::vector<Sealed<Block>> held;
  for (Held& one : std::exchange(logs_.at(log).held, {})) held.push_back(std::move(one.sealed));
  return held;
}

bool Announcements::holds_any() const {
  return std::ranges::any_of(logs_, [](const auto& one) { return !one.second.held.empty(); });
}

bool Announcements::any_ours(const std::vector<LogId>& logs) const {
  const auto now = clock_.now();
  return std::ranges::any_of(logs, [&](LogId log) { return logs_.at(log).lease->holds(now); });
}

std::vector<ResumePoint> Announcements::take_points(OffsetLedger& ledger) {
  const auto now = clock_.now();
  std::vector<ResumePoint> points;
  for (auto& [id, log] : logs_) {
    if (auto position = ledger.take_resume_point(id)) {
      log.plan.complete(ledger.in_flight(id), *std::move(position));
    }
    const bool renews = ledger.in_flight(id) > 0 && now >= log.renew_at;
    if (!log.plan.has_news() && !renews) continue;
    log.renew_at = Clock::time_point::max();  // until this one is stored
    LogPlan::Saying saying = log.plan.say();
    ++number_;
    if (log.first_number == 0) log.first_number = number_;
    points.push_back({.log = id,
                      .resume_after = std::move(saying.position),
                      .note = std::move(saying.note),
                      .number = number_});
  }
  return points;
}

void Announcements::confirm(const Stored& stored) {
  const auto found = logs_.find(stored.log);
  if (found == logs_.end()) return;
  Log& log = found->second;
  const auto now = clock_.now();
  log.lease->extend(stored.ours_until);
  log.renew_at = now + (stored.ours_until - now) / 2;
  log.confirmed = stored.number;
}

std::vector<Sealed<Block>> Announcements::take_announced() {
  std::vector<Sealed<Block>> announced;
  for (auto& [id, log] : logs_) {
    while (!log.held.empty() && log.held.front().number <= log.confirmed) {
      announced.push_back(std::move(log.held.front().sealed));
      log.held.pop_front();
    }
  }
  return announced;
}

}  // namespace penstock
