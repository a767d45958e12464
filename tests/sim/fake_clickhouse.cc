#include "fake_clickhouse.h"

#include <utility>

namespace penstock::sim {
namespace {

Error failure(Recovery recovery, std::string_view code) {
  return {.fault = Fault::remote,
          .recovery = recovery,
          .code = code,
          .message = "as the weather has it"};
}

std::string described(const Insert& insert) {
  return fmt::format("{} of {}, {} rows", insert.is_errors ? "errors" : "rows", insert.name,
                     insert.rows.size());
}

}  // namespace

FakeClickHouse::FakeClickHouse(Timeline& timeline, Random& random, Story& story,
                               const Weather& weather, const std::vector<FakeLog>& logs)
    : timeline_(timeline),
      random_(random),
      story_(story),
      weather_(weather),
      logs_(logs),
      rows_(weather.partitions, weather.records, weather.window),
      errors_(weather.partitions, weather.records, weather.window) {}

void FakeClickHouse::send(Insert insert, const bool& calm, Answered answered) {
  const auto percent = [&](unsigned chance) { return !calm && random_.chance(chance); };
  const milliseconds answer_takes(random_.between(0, 5));
  if (percent(weather_.unreachable)) {
    return timeline_.after(answer_takes, [answered = std::move(answered)] {
      answered(failure(Recovery::retry, "clickhouse.unreachable"));
    });
  }
  const milliseconds takes(percent(weather_.slow) ? random_.between(100, 4'000)
                                                  : random_.between(1, 20));
  const bool is_lost = percent(weather_.lost_answers);
  story_.tell("clickhouse: {} arrives{}", described(insert), is_lost ? "; no answer" : "");
  if (weather_.without == Part::acknowledgement && !is_lost) answered(Receipt{insert.rows.size()});
  insert.is_refused = refuses(insert);
  const auto running = running_.insert(running_.end(), std::move(insert));
  timeline_.after(takes, [this, running, &calm, is_lost, answer_takes, kills = kills_,
                          answered = std::move(answered)]() mutable {
    if (kills != kills_) return;
    Result<Receipt> outcome = execute(*running, calm);
    running_.erase(running);
    if (is_lost) return;
    timeline_.after(answer_takes, [outcome = std::move(outcome), answered = std::move(answered)] {
      answered(outcome);
    });
  });
}

void FakeClickHouse::alter() {
  story_.tell("clickhouse: the table is altered, every value fits");
  altered_ = true;
}

void FakeClickHouse::kill() {
  story_.tell("clickhouse: killed and started");
  for (const Insert& insert : running_) {
    if (insert.is_refused || random_.chance(50)) continue;
    if (table_of(insert).note(insert.name)) {
      story_.tell("clickhouse: {}: the name is noted, the rows are gone", described(insert));
    }
  }
  running_.clear();
  started_at_ = timeline_.now();
  ++kills_;
}

bool FakeClickHouse::runs(const std::string& name) const {
  for (const Insert& insert : running_) {
    if (insert.name.starts_with(name)) return true;
  }
  return false;
}

Result<Receipt> FakeClickHouse::execute(const Insert& insert, bool is_calm) {
  if (!is_calm && random_.chance(weather_.too_many_parts)) {
    story_.tell("clickhouse: {}: too many parts", described(insert));
    return failure(Recovery::retry, "clickhouse.too_many_parts");
  }
  if (!is_calm && random_.chance(weather_.table_changes)) {
    story_.tell("clickhouse: {}: the table is another by now", described(insert));
    return failure(Recovery::rebuild, "clickhouse.table_changed");
  }
  if (insert.is_refused) {
    story_.tell("clickhouse: {}: a value is refused", described(insert));
    return failure(Recovery::isolate, "clickhouse.value");
  }
  FakeTable& table = table_of(insert);
  const auto newest = [&table](const Insert& of) {
    return table.newest(of.rows.front().partition);
  };
  const std::int64_t before = newest(insert);
  const bool is_new = table.insert(insert.name, insert.rows, weather_.without != Part::names);
  story_.tell("clickhouse: {}: {}", described(insert), is_new ? "stored" : "known already");
  // What retention took may come late: nobody reads it again to wait for it. So may what was
  // refused.
  const bool may_be_late = weather_.retention || weather_.fits_later;
  if (is_new && !may_be_late && before >= insert.rows.front().offset && !insert.is_errors) {
    story_.fail(fmt::format("offset {} of partition {} is stored after {}",
                            insert.rows.front().offset, insert.rows.front().partition, before));
  }
  if (is_new) on_stored(insert);
  return Receipt{.rows = insert.rows.size()};
}

bool FakeClickHouse::refuses(const Insert& insert) const {
  if (insert.is_errors || altered_) return false;
  for (const Place& row : insert.rows) {
    const FakeRecord* record = logs_[static_cast<std::size_t>(row.partition)].at(row.offset);
    if (record->kind == Kind::refused) return true;
  }
  return false;
}

}  // namespace penstock::sim
