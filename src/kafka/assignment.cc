#include "kafka/assignment.h"

#include <algorithm>

namespace penstock::kafka {

Log& Assignment::log_of(std::string_view topic, std::int32_t partition) {
  if (const auto found = ids_.find(std::pair(topic, partition)); found != ids_.end()) {
    return log(found->second);
  }
  const LogId next{static_cast<std::uint32_t>(logs_.size())};
  ids_.emplace(std::pair(std::string(topic), partition), next);
  return logs_.emplace_back(Log{.id = next, .topic = std::string(topic), .partition = partition});
}

void Assignment::gain(Log& log, std::int64_t start, Position stored) {
  log.hold = Hold::owned;
  log.start = start;
  log.resumed = stored.offset == start;
  log.position = start;
  log.answered = false;
  log.out_of_range = kUnknownOffset;
  log.wanted = std::move(stored);
  log.stored_turn = log.sent_turn = ++log.wanted_turn;  // answers to earlier turns are void
}

bool Assignment::any(Hold hold) const {
  return std::any_of(logs_.begin(), logs_.end(),
                     [hold](const Log& log) { return log.hold == hold; });
}

std::vector<LogId> Assignment::all(Hold hold) const {
  std::vector<LogId> found;
  for (const Log& log : logs_) {
    if (log.hold == hold) found.push_back(log.id);
  }
  return found;
}

bool Assignment::caught_up() const {
  // A log that ends before we began may have lost records: only a broker's answer tells.
  return std::all_of(logs_.begin(), logs_.end(), [](const Log& log) {
    const bool is_known =
        (log.answered || log.start <= log.end) && log.out_of_range == kUnknownOffset;
    return log.hold != Hold::owned || (log.position >= log.end && is_known);
  });
}

void Assignment::count_down(SourceProgress& progress) const {
  std::int64_t to_go = 0;
  for (const Log& log : logs_) {
    if (log.hold == Hold::none || log.end == kUnknownOffset) continue;
    progress.total += std::max<std::int64_t>(0, log.end - log.start);
    to_go += std::max<std::int64_t>(0, log.end - log.position);
  }
  progress.to_go = to_go;
}

}  // namespace penstock::kafka
