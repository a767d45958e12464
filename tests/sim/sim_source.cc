#include "sim_source.h"

#include <charconv>
#include <utility>

namespace penstock::sim {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds kAnswerLimit = 5s;
constexpr milliseconds kLongestHold = 5s;
constexpr int kMostIdlePolls = 50;             // in a row, none of which waits
constexpr std::size_t kMostRecordBytes = 300;  // of a record that became an error row

Error failed_to(const char* what) {
  return {.fault = Fault::remote,
          .recovery = Recovery::retry,
          .code = "kafka.unreachable",
          .message = what};
}

int partition_of(LogId log) { return static_cast<int>(log); }

std::int64_t offset_of(const std::string& token) {
  std::int64_t offset = 0;
  std::from_chars(token.data(), token.data() + token.size(), offset);
  return offset;
}

}  // namespace

SimSource::SimSource(const SourceParts& parts)
    : parts_(parts),
      seat_(std::make_shared<Seat>(parts.timeline, parts.group, parts.link, parts.process)) {}

Status SimSource::open() {
  seat_->take();
  return done();
}

// Every poll takes a moment, in which the process may be stopped.
Result<Polled<RecordBatch>> SimSource::poll(PollBudget budget) {
  const auto moment = std::chrono::microseconds(parts_.random.between(20, 2'000));
  Tasks::wait(parts_.timeline.now() + moment);
  if (!parts_.calm && parts_.random.chance(parts_.weather.source_errors)) {
    return failed_to("as the weather has it");
  }
  const bool had_something = has_something();
  if (!had_something) {
    Tasks::wait(parts_.timeline.now() + budget.wait, [this] { return has_something(); });
  }
  Polled<RecordBatch> polled = std::exchange(untold_, {});
  take_what_goes(polled);
  if (Status came = take_what_came(polled); !came.ok()) {
    untold_ = std::move(polled);
    return std::move(came).error();
  }
  send();
  if (!paused_) polled.payloads = read(budget.records);
  polled.settled = true;
  check_lane(!had_something && budget.wait == 0ms);
  return polled;
}

// A lane that has nothing to do waits, and it reads no more while memory is short: beyond its limit
// are the records of one poll and, of each partition, a range that is cut again and not whole yet.
void SimSource::check_lane(bool is_idle) {
  idle_polls_ = is_idle ? idle_polls_ + 1 : 0;
  if (idle_polls_ > kMostIdlePolls) parts_.story.fail("the lane polls again and again at once");
  const auto blocks = static_cast<std::size_t>(parts_.weather.partitions) + 1;
  const std::size_t most =
      parts_.weather.memory + blocks * parts_.weather.block_rows * kMostRecordBytes;
  if (parts_.budget.used() > most) {
    parts_.story.fail(fmt::format("{} bytes are held, {} are allowed", parts_.budget.used(), most));
  }
}

bool SimSource::has_something() const {
  if (seat_->has_news()) return true;
  if (paused_ || parts_.link.is_cut()) return false;
  for (const auto& [partition, log] : logs_) {
    if (log.hold != Hold::owned) continue;
    if (log.position < parts_.logs[static_cast<std::size_t>(partition)].end) return true;
  }
  return false;
}

void SimSource::take_what_goes(Polled<RecordBatch>& polled) {
  for (const int partition : seat_->take_lost()) {
    logs_[partition].hold = Hold::none;
    polled.lost.push_back(LogId(partition));
    parts_.story.tell("process {}: partition {} is lost", parts_.number, partition);
  }
  for (const int partition : seat_->take_to_go()) {
    logs_[partition].hold = Hold::leaving;
    polled.leaving.push_back(LogId(partition));
    parts_.story.tell("process {}: partition {} is to go", parts_.number, partition);
  }
}

Status SimSource::take_what_came(Polled<RecordBatch>& polled) {
  if (seat_->come().empty()) return done();
  const std::vector<int> come = seat_->come();
  const auto answer = std::make_shared<std::optional<Positions>>();  // it may come too late
  seat_->fetch([answer](Positions found) { *answer = std::move(found); });
  Tasks::wait(parts_.timeline.now() + kAnswerLimit, [&answer] { return answer->has_value(); });
  if (!*answer) return failed_to("cannot ask for stored positions in time");
  const Positions& stored = **answer;
  if (seat_->come() != come) return done();  // gone again
  for (const int partition : come) {
    const auto found = stored.find(partition);
    const Position at = found == stored.end() ? Position{} : found->second;
    Log& log = logs_[partition];
    log.hold = Hold::owned;
    log.position = at.offset;
    log.wanted_offset = at.offset;
    log.stored_turn = log.sent_turn = ++log.wanted_turn;
    polled.gained.push_back({LogId(partition), std::to_string(at.offset), at.note});
    parts_.story.tell("process {}: partition {} is ours from {} on", parts_.number, partition,
                      at.offset);
  }
  seat_->taken();
  held_until_ = {};
  return done();
}

std::vector<RecordBatch> SimSource::read(std::size_t most) {
  std::vector<RecordBatch> batches;
  if (parts_.link.is_cut()) return batches;
  for (auto& [partition, log] : logs_) {
    const FakeLog& from = parts_.logs[static_cast<std::size_t>(partition)];
    if (log.hold != Hold::owned || log.position >= from.end || most == 0) continue;
    const std::size_t some = 1 + parts_.random.below(most);
    batches.push_back(from.read(log.position, some));
    log.position = batches.back().next;
    most -= batches.back().size();
  }
  return batches;
}

Status SimSource::commit(std::span<const ResumePoint> points, milliseconds wait) {
  for (const ResumePoint& point : points) {
    Log& log = logs_[partition_of(point.log)];
    const std::int64_t offset = offset_of(point.resume_after);
    if (log.hold == Hold::none || offset < log.wanted_offset) continue;
    log.wanted = point;
    log.wanted_offset = offset;
    ++log.wanted_turn;
  }
  send();
  if (wait == 0ms) return done();
  refused_ = false;
  const Time deadline = parts_.timeline.now() + wait;
  while (!all_stored()) {
    if (sent_.empty() && refused_) return failed_to("the group refused a commit");
    send();
    if (parts_.timeline.now() >= deadline) return failed_to("cannot commit offsets in time");
    if (sent_.empty()) return failed_to("the group takes no offsets now");
    Tasks::wait(deadline, [this] { return sent_.empty(); });
  }
  return done();
}

void SimSource::send() {
  if (!sent_.empty() || parts_.timeline.now() < held_until_) return;
  Positions positions;
  for (auto& [partition, log] : logs_) {
    if (log.hold == Hold::none || log.wanted_turn == log.sent_turn) continue;
    positions[partition] = {log.wanted_offset, log.wanted.note};
    log.sent_turn = log.wanted_turn;
    sent_.push_back({partition, log.wanted_turn, log.wanted.number});
  }
  if (positions.empty()) return;
  sent_at_ = parts_.timeline.now();
  seat_->commit(std::move(positions), [this, number = ++commits_](Answer answer) {
    if (number == commits_) answered(answer);
  });
  if (!parts_.calm && parts_.random.chance(parts_.weather.lost_commits)) {
    give_up(milliseconds(parts_.random.between(0, 300)));
  }
  if (parts_.weather.without != Part::announcement) return;
  for (const Sent& sent : sent_) {
    stored_[sent.partition] = {LogId(sent.partition), sent.number, sent_at_ + kSession};
  }
}

// Its connection breaks. What the broker has of it, it takes all the same.
void SimSource::give_up(milliseconds after) {
  const auto hear = [this, number = commits_, seat = std::weak_ptr(seat_)] {
    if (seat.expired() || number != commits_ || sent_.empty()) return;
    ++commits_;
    answered(Answer::none);
  };
  parts_.timeline.after(after, [&link = parts_.link, hear] { link.to_process(hear); });
}

void SimSource::answered(Answer answer) {
  for (const Sent& sent : std::exchange(sent_, {})) {
    Log& log = logs_[sent.partition];
    if (answer != Answer::ok) {
      if (log.sent_turn == sent.turn) log.sent_turn = log.stored_turn;
    } else if (sent.turn > log.stored_turn) {
      log.stored_turn = sent.turn;
      const bool is_leased = parts_.weather.without != Part::lease;
      stored_[sent.partition] = {LogId(sent.partition), sent.number,
                                 sent_at_ + (is_leased ? kSession : 1h)};
    }
  }
  refused_ |= answer != Answer::ok;
  parts_.process.poke();
}

bool SimSource::all_stored() const {
  for (const auto& [partition, log] : logs_) {
    if (log.hold != Hold::none && log.stored_turn != log.wanted_turn) return false;
  }
  return true;
}

Result<std::vector<Stored>> SimSource::take_stored() {
  std::vector<Stored> all;
  for (const auto& [partition, stored] : std::exchange(stored_, {})) all.push_back(stored);
  return all;
}

void SimSource::release(std::span<const LogId> logs) {
  std::set<int> released;
  for (const LogId log : logs) {
    Log& own = logs_[partition_of(log)];
    if (own.hold == Hold::leaving) own.hold = Hold::none;
    released.insert(partition_of(log));
  }
  held_until_ = parts_.timeline.now() + kLongestHold;
  seat_->released(released);
}

Result<std::vector<RecordBatch>> SimSource::read_again(std::span<const RowOrigin> origins) {
  Tasks::wait(parts_.timeline.now() + milliseconds(parts_.random.between(1, 20)));
  if (parts_.link.is_cut()) return failed_to("cannot read again");
  std::vector<RecordBatch> batches;
  for (const RowOrigin& origin : origins) {
    batches.push_back(parts_.logs[static_cast<std::size_t>(origin.log)].read_one(origin.offset));
  }
  return batches;
}

SourceProgress SimSource::progress() const {
  SourceProgress progress{.lag = 0, .to_go = {}, .total = 0, .logs = parts_.logs.size()};
  for (const auto& [partition, log] : logs_) {
    if (log.hold != Hold::owned) continue;
    progress.lag += parts_.logs[static_cast<std::size_t>(partition)].end - log.position;
  }
  return progress;
}

Status SimSource::close(milliseconds /*limit*/) {
  seat_->leave();
  return done();
}

}  // namespace penstock::sim
