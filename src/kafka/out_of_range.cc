#include "kafka/out_of_range.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "kafka/gone_back.h"
#include "kafka/start_offsets.h"

namespace penstock::kafka {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kLimit(5);          // for one question to the brokers
constexpr std::chrono::seconds kBrokerForgets(2);  // it takes a quarter of one

// What expired before we read anything of a log, where the strategy began, nobody was promised.
bool was_promised(const Log& log) { return log.resumed || log.position > log.start; }

}  // namespace

// What a former owner's fetch left behind in the queue is older than our position.
void OutOfRange::note(Log& log, std::int64_t offset) {
  if (offset < log.position) return;
  log.out_of_range = offset;
  log.out_of_range_since = Clock::now();
  noted_ = true;
}

// What we had was decided then, by the isolation of then. What is not decided by that of now is
// there all the same.
Status OutOfRange::expect_before(Log& log, std::int64_t next) {
  if (log.hold != Hold::owned || next <= log.end_at_gain) return done();
  ClientSettings all = settings_;
  all["isolation.level"] = "read_uncommitted";
  PENSTOCK_TRY(client, Client::make(all));
  PENSTOCK_TRY(ends, find_ends(*client, {&log}, kLimit));
  if (ends.front() < next) note(log, next);
  return done();
}

Result<std::optional<LostOffsets>> OutOfRange::look() {
  std::optional<LostOffsets> lost;
  Log* const log = membership_.rebalancing() ? nullptr : next_noted();
  if (log == nullptr && !stopped_.empty()) return gone_back_error(stopped_, Recovery::stop);
  if (log == nullptr) return lost;
  PENSTOCK_TRY(starts, find_starts(*client_, {log}, {}, StoredOffsets::ignore, kLimit));
  const std::int64_t begin = starts.front().offset;
  if (log->out_of_range >= begin) return gone_back(*log, begin);

  const bool counts = was_promised(*log);
  const bool goes_on = policy_ == OnDataLoss::go_on || !counts;
  const std::int64_t first = std::exchange(log->out_of_range, kUnknownOffset);
  if (goes_on) PENSTOCK_OK(membership_.go_on_at(*log, begin));
  if (!counts) return lost;
  lost = LostOffsets{.log = log->id,
                     .topic = log->topic,
                     .partition = log->partition,
                     .first = first,
                     .last = begin - 1,
                     .passed = goes_on};
  return lost;
}

Log* OutOfRange::next_noted() {
  if (!noted_) return nullptr;
  const auto found = std::ranges::find_if(assignment_.logs(), [](const Log& log) {
    return log.hold == Hold::owned && log.out_of_range != kUnknownOffset;
  });
  noted_ = found != assignment_.logs().end();
  return noted_ ? &*found : nullptr;
}

// A broker forgets what groups committed of a topic soon after the topic itself. Where ours stays,
// the log may as well have been cut short, and what it has be in the table: unless it has nothing.
Result<std::optional<LostOffsets>> OutOfRange::gone_back(Log& log, std::int64_t begin) {
  PENSTOCK_TRY(starts, find_starts(*client_, {&log}, {}, StoredOffsets::use, kLimit));
  PENSTOCK_TRY(ends, find_ends(*client_, {&log}, kLimit));
  const Position& stored = starts.front().stored;
  const bool is_forgotten = stored.offset == kUnknownOffset;
  const bool was_moved = stored.offset == begin && stored.note.empty();
  const bool begins_anew = is_forgotten || was_moved || begin == ends.front();
  if (!begins_anew && Clock::now() - log.out_of_range_since < kBrokerForgets) {
    return std::optional<LostOffsets>();
  }

  std::string reason = fmt::format("ends at offset {}, but was read up to {}: it was ",
                                   ends.front(), log.out_of_range);
  if (begins_anew) {
    reason += fmt::format("deleted and made anew; reading from offset {}", begin);
    commits_.begin_anew(log, begin);
  } else {
    reason += "cut short, or deleted and made anew";
    commits_.mark_gone_back(log, reason);
  }
  PENSTOCK_OK(store(log));
  std::string what = fmt::format("{}/{} {}", log.topic, log.partition, reason);
  if (begins_anew) {
    log.hold = Hold::none;  // what is still on its way is of the log before
    return gone_back_error({std::move(what)}, Recovery::rebuild);
  }
  stopped_.push_back(std::move(what));
  if (next_noted() == nullptr) return gone_back_error(stopped_, Recovery::stop);
  return std::optional<LostOffsets>();
}

// Where it cannot be stored now, all this is looked into again.
Status OutOfRange::store(Log& log) {
  const std::int64_t offset = std::exchange(log.out_of_range, kUnknownOffset);
  Status stored = commits_.settle(kLimit);
  if (!stored.ok()) note(log, offset);
  return stored;
}

}  // namespace penstock::kafka
