#include "world.h"

#include <utility>

#include "engine/delivery_plan.h"

namespace penstock::sim {
namespace {

using namespace std::chrono_literals;

// A delivery may have to wait for 10 s before its next attempt, a commit for 5 s.
constexpr auto kNewsWithin = 500ms;  // a process that stood still knows what became of its logs
constexpr auto kRecoverWithin = 60s;
constexpr auto kStopWithin = 20s;

std::vector<FakeLog> make_logs(Random& random, const Weather& weather) {
  std::vector<FakeLog> logs;
  for (int partition = 0; partition < weather.partitions; ++partition) {
    logs.emplace_back(random, weather, partition);
  }
  return logs;
}

}  // namespace

World::World(std::uint64_t seed, std::optional<Part> without, bool aloud)
    : random_(seed, "world", 0),
      weather_(random_, without),
      story_(timeline_, aloud),
      logs_(make_logs(random_, weather_)),
      group_(timeline_, random_, story_, weather_),
      server_(timeline_, random_, story_, weather_, logs_) {
  group_.on_commit = [this](int partition, std::int64_t offset) {
    check_commit(partition, offset);
  };
  server_.on_stored = [this](const Insert& insert) { check_rows(insert); };
}

Outcome World::run() {
  keep_running(weather_.processes);
  write_records();
  draw_faults();
  go_on_until(timeline_.now() + weather_.faults_end, [] { return false; });
  end_faults();
  go_on_until(timeline_.now() + kNewsWithin, [] { return false; });
  go_on_until(timeline_.now() + kRecoverWithin, [this] { return is_drained(); });
  drained_ = is_drained();
  if (!story_.failure() && !drained_) story_.fail("no progress after the faults ended");
  if (!story_.failure()) check_everything_is_stored();
  const auto all_ended = [this] {
    return std::ranges::all_of(processes_, [](const Process& one) { return one.ended(); });
  };
  for (Process& process : processes_) {
    if (!process.ended()) process.stop();
  }
  go_on_until(timeline_.now() + kStopWithin, all_ended);
  if (!story_.failure() && !all_ended()) story_.fail("a process does not end");
  for (Process& process : processes_) process.kill();
  return {story_.failure(), timeline_.steps()};
}

// All are there before the faults end.
void World::write_records() {
  for (FakeLog& log : logs_) {
    const int parts = static_cast<int>(random_.between(1, 8));
    for (int part = 1; part <= parts; ++part) {
      const auto end = log.last_end * part / parts;
      timeline_.after(milliseconds(random_.between(0, weather_.faults_end.count() - 100)),
                      [&log, end] { log.end = std::max(log.end, end); });
    }
    if (!weather_.retention) continue;
    timeline_.after(milliseconds(random_.between(0, weather_.faults_end.count())),
                    [this, &log] { take_oldest(log); });
  }
}

// A refused record that is gone is refused no more: only the table knows that its block was cut.
void World::take_oldest(FakeLog& log) {
  const auto refused = std::ranges::find(log.records, Kind::refused, &FakeRecord::kind);
  const bool may_take_all = weather_.asks || refused == log.records.end();
  log.begin = random_.between(0, may_take_all ? log.end : std::min(log.end, refused->offset));
  story_.tell("retention takes what is before {} of partition {}", log.begin, log.partition);
}

void World::draw_faults() {
  for (int fault = 0; fault < weather_.faults; ++fault) {
    timeline_.after(milliseconds(random_.between(50, weather_.faults_end.count())),
                    [this] { make_fault(); });
  }
  if (weather_.fits_later) {
    timeline_.after(milliseconds(random_.between(50, weather_.faults_end.count())),
                    [this] { server_.alter(); });
  }
  for (int kill = 0; kill < weather_.server_kills; ++kill) {
    timeline_.after(milliseconds(random_.between(50, weather_.faults_end.count())),
                    [this] { server_.kill(); });
  }
}

void World::make_fault() {
  if (calm_) return;
  const milliseconds while_(random_.between(20, 2'500));
  Process* process = pick_running();
  if (process == nullptr) return start_process();
  switch (random_.below(5)) {
    case 0: process->kill(); break;
    case 1: process->stop(); break;
    case 2:
      process->freeze();
      timeline_.after(while_, [process] { process->thaw(); });
      return;
    case 3:
      process->cut_off();
      timeline_.after(while_, [process] { process->reconnect(); });
      return;
    default: break;
  }
  timeline_.after(while_, [this] {
    if (!calm_) start_process();
  });
}

Process* World::pick_running() {
  std::vector<Process*> running;
  for (Process& process : processes_) {
    if (!process.ended()) running.push_back(&process);
  }
  return running.empty() ? nullptr : random_.pick(running);
}

void World::start_process() {
  constexpr int kMostAtOnce = 4;
  const auto running =
      std::ranges::count_if(processes_, [](const Process& one) { return !one.ended(); });
  if (running >= kMostAtOnce) return;
  processes_.emplace_back(Surroundings{.timeline = timeline_,
                                       .random = random_,
                                       .story = story_,
                                       .weather = weather_,
                                       .logs = logs_,
                                       .group = group_,
                                       .server = server_,
                                       .calm = calm_,
                                       .drained = drained_},
                          static_cast<int>(processes_.size()));
  processes_.back().start();
}

void World::keep_running(int processes) {
  for (int i = 0; i < processes; ++i) start_process();
}

void World::end_faults() {
  calm_ = true;
  story_.tell("the faults end");
  for (FakeLog& log : logs_) log.end = log.last_end;
  for (Process& process : processes_) {
    process.thaw();
    process.reconnect();
  }
  start_process();  // others may be about to stop
}

// Everything is committed, no plan is left, and nothing is still to be executed.
bool World::is_drained() const {
  for (const FakeLog& log : logs_) {
    const auto found = group_.stored().find(log.partition);
    if (found == group_.stored().end() || found->second.offset < log.last_end) return false;
    const auto plan = read_note(found->second.note);
    if (plan.ok() && plan.value() && !plan.value()->ranges.empty()) return false;
  }
  return server_.idle() && std::ranges::all_of(processes_, &Process::idle);
}

void World::go_on_until(Time end, const std::function<bool()>& reached) {
  constexpr auto kLookEvery = 20ms;
  Time look_at = timeline_.now();
  while (!story_.failure() && timeline_.now() < end) {
    if (timeline_.now() >= look_at) {
      if (reached()) return;
      look_at = timeline_.now() + kLookEvery;
    }
    timeline_.step();
  }
}

// What retention took before anybody read it is nobody's fault.
void World::check_commit(int partition, std::int64_t offset) {
  const FakeLog& log = logs_[static_cast<std::size_t>(partition)];
  for (const FakeRecord& record : log.records) {
    if (record.offset >= offset) return;
    if (record.offset < log.begin) continue;
    if (is_stored(partition, record)) continue;
    return story_.fail(
        fmt::format("partition {} is committed up to {}, but offset {} is not stored", partition,
                    offset, record.offset));
  }
}

// A record that was refused and fits by now may have left an error row before its row.
bool World::is_stored(int partition, const FakeRecord& record) const {
  const std::size_t rows = server_.rows().rows_at(partition, record.offset);
  const std::size_t errors = server_.errors().rows_at(partition, record.offset);
  if (may_fit(record) && rows == 1) return true;
  return rows == record.rows() && errors == record.error_rows();
}

bool World::may_fit(const FakeRecord& record) const {
  return weather_.fits_later && record.kind == Kind::refused;
}

void World::check_rows(const Insert& insert) {
  for (const Place& row : insert.rows) {
    const FakeRecord& record = *logs_[static_cast<std::size_t>(row.partition)].at(row.offset);
    const FakeTable& table = insert.is_errors ? server_.errors() : server_.rows();
    const std::size_t most = insert.is_errors  ? record.error_rows()
                             : may_fit(record) ? 1
                                               : record.rows();
    const std::size_t rows = table.rows_at(row.partition, row.offset);
    if (rows > most) {
      story_.fail(fmt::format("offset {} of partition {} is stored {} times, by {}", row.offset,
                              row.partition, rows, insert.name));
    }
  }
}

void World::check_everything_is_stored() {
  for (const FakeLog& log : logs_) check_commit(log.partition, log.last_end);
}

}  // namespace penstock::sim
