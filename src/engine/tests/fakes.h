#pragma once

#include <atomic>
#include <charconv>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "contract/decoder.h"
#include "contract/sink.h"
#include "contract/source.h"

namespace penstock::testing {

/// Logs of numbered records in memory. Record i of log l says "<l * 1,000,000 + i>",
/// or "bad" for every offset in `bad`.
class FakeSource final : public Source<RecordBatch> {
 public:
  FakeSource(int logs, std::int64_t records)
      : records_(records), at_(static_cast<std::size_t>(logs), 0) {}

  Status open() override { return done(); }

  Result<Polled<RecordBatch>> poll(PollBudget budget) override {
    Polled<RecordBatch> polled;
    if (budget.wait.count() == 0) ++polls_at_once;
    if (fail_next_polls > 0) {
      --fail_next_polls;
      return Error{
          .fault = Fault::remote, .recovery = Recovery::retry, .code = "kafka.unreachable"};
    }
    if (break_with) return *break_with;
    const bool joins_now = !joined_ && --polls_before_joining <= 0;
    if (joins_now) {
      for (std::size_t log = 0; log < at_.size(); ++log) {
        polled.gained.push_back({LogId(log), std::to_string(at_[log]), notes[LogId(log)]});
      }
      joined_ = true;
    }
    polled.leaving = std::exchange(leaving, {});
    polled.lost = std::exchange(lost, {});
    if (std::exchange(lose_rest, false)) {
      polled.lost_offsets.push_back({.log = LogId(0), .first = at_[0], .last = records_ - 1});
      gone_.insert(LogId(0));
    }
    for (const LogId log : polled.leaving) gone_.insert(log);
    for (const LogId log : polled.lost) gone_.insert(log);
    if (paused || !joined_ || at_.empty() || --polls_before_reading >= 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    } else {
      const std::size_t log = turn_++ % at_.size();
      if (!gone_.contains(LogId(log)) && at_[log] < records_) {
        polled.payloads.push_back(batch(
            log, at_[log],
            std::min<std::int64_t>(
                {at_[log] + 97, at_[log] + static_cast<std::int64_t>(budget.records), records_})));
        at_[log] = polled.payloads.back().next;
      }
    }
    polled.settled = joined_;
    polled.caught_up = joined_;
    for (std::size_t log = 0; log < at_.size(); ++log) {
      polled.caught_up &= gone_.contains(LogId(log)) || at_[log] == records_;
    }
    if (on_poll) on_poll(*this);
    return polled;
  }

  Status expect_before(LogId log, std::int64_t next) override {
    expected[log] = next;
    return done();
  }
  void pause() override {
    paused = true;
    ++pauses;
  }
  void resume() override { paused = false; }

  /// As Kafka's: what a refused commit brought is sent again with the next.
  Status commit(std::span<const ResumePoint> points, std::chrono::milliseconds wait) override {
    owed_.insert(owed_.end(), points.begin(), points.end());
    if (wait.count() > 0 && refuse_next_commits > 0) {
      --refuse_next_commits;
      return Error{.fault = Fault::remote, .recovery = Recovery::retry, .code = "kafka.client"};
    }
    for (const ResumePoint& point : std::exchange(owed_, {})) {
      const std::int64_t offset = std::stoll(point.resume_after);
      moved_back |= offset < committed[point.log];
      late_commit |= released.contains(point.log);
      committed[point.log] = offset;
      notes[point.log] = point.note;
      if (withhold_stored) continue;
      stored_.push_back({point.log, point.number, std::chrono::steady_clock::now() + lease});
    }
    return done();
  }
  Result<std::vector<Stored>> take_stored() override { return std::exchange(stored_, {}); }
  void release(std::span<const LogId> logs) override { released.insert(logs.begin(), logs.end()); }

  Result<std::vector<RecordBatch>> read_again(std::span<const RowOrigin> origins) override {
    std::vector<RecordBatch> batches;
    for (const RowOrigin& origin : origins) {
      batches.push_back(
          batch(static_cast<std::size_t>(origin.log), origin.offset, origin.offset + 1));
    }
    return batches;
  }
  SourceProgress progress() const override {
    SourceProgress progress;
    progress.logs = all_logs == 0 ? at_.size() : all_logs;
    for (const std::int64_t at : at_) progress.lag += records_ - at;
    return progress;
  }
  Status close(std::chrono::milliseconds) override { return done(); }

  /// Goes on where the group stands after `other`, as the next process does.
  void follow(const FakeSource& other) {
    committed = other.committed;
    notes = other.notes;
    for (const auto& [log, offset] : committed) at_[static_cast<std::size_t>(log)] = offset;
  }

  std::set<std::int64_t> bad;
  std::set<std::int64_t> gone;  // offsets no log has any more
  std::function<void(FakeSource&)> on_poll;
  std::vector<LogId> leaving;
  std::vector<LogId> lost;
  std::optional<Error> break_with;
  bool lose_rest = false;  // of log 0
  int fail_next_polls = 0;
  int polls_before_joining = 0;
  int polls_before_reading = 0;  // after it joined
  std::size_t all_logs = 0;      // when other sources own some
  int refuse_next_commits = 0;

  std::map<LogId, std::int64_t> expected;
  std::map<LogId, std::int64_t> committed;
  std::map<LogId, std::string> notes;  // that stand beside them
  bool withhold_stored = false;
  std::chrono::milliseconds lease{10'000};
  std::set<LogId> released;
  bool moved_back = false;
  bool late_commit = false;
  bool paused = false;
  int pauses = 0;
  int polls_at_once = 0;  // that were not to wait

  bool joined() const { return joined_; }
  std::int64_t taken() const { return std::accumulate(at_.begin(), at_.end(), std::int64_t{0}); }

 private:
  struct Texts final : RecordStorage {
    std::vector<std::string> texts;
  };

  RecordBatch batch(std::size_t log, std::int64_t first, std::int64_t end) const {
    auto storage = std::make_shared<Texts>();
    std::vector<std::string>& texts = storage->texts;
    RecordBatch made;
    for (std::int64_t i = first; i < end; ++i) {
      if (gone.contains(i)) continue;
      texts.push_back(
          bad.contains(i) ? "bad" : std::to_string(static_cast<std::int64_t>(log) * 1'000'000 + i));
      made.offsets.push_back(i);
      made.timestamps_ms.push_back(1'700'000'000'000 + i);
      made.keys.emplace_back();
    }
    for (const std::string& text : texts) made.values.push_back(as_bytes(text));
    made.span = {LogId(log), std::to_string(first), std::to_string(end),
                 static_cast<std::uint32_t>(made.values.size())};
    made.next = end;
    made.topic = "numbers";
    made.partition = static_cast<std::int32_t>(log);
    made.storage = std::move(storage);
    return made;
  }

  const std::int64_t records_;
  std::vector<std::int64_t> at_;
  std::vector<ResumePoint> owed_;
  std::vector<Stored> stored_;
  std::set<LogId> gone_;
  std::size_t turn_ = 0;
  std::atomic<bool> joined_ = false;
};

/// Reads one Int64 per record into the only column, `rows_per_record` times.
class FakeDecoder final : public Decoder {
 public:
  Status decode(const RecordBatch& batch, Block& into, std::vector<Reject>& rejects) override {
    if (fails_with) {
      const Error failure = *fails_with;
      if (failures_left > 0 && --failures_left == 0) fails_with.reset();
      return failure;
    }
    for (std::uint32_t i = 0; i < batch.size(); ++i) {
      const std::string_view text = as_text(batch.values[i]);
      std::int64_t number = 0;
      if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{}) {
        rejects.push_back({i, "decode.unreadable", "n", "not a number: " + std::string(text)});
        continue;
      }
      for (int row = 0; row < rows_per_record; ++row) {
        into.writer(0).put_int(number);
        into.end_row({batch.span.log, batch.offsets[i]});
      }
    }
    return done();
  }

  int rows_per_record = 1;
  std::optional<Error> fails_with;
  int failures_left = 0;  // 0: until fails_with is taken away
};

/// Keeps the rows of each delivery by name, as a table with deduplication does, and
/// fails on request: before writing, after writing, or for certain numbers.
class FakeSink final : public Sink<Block> {
 public:
  explicit FakeSink(unsigned seed = 0) : random_(seed) {}

  Result<Receipt> deliver(const Sealed<Block>& sealed) override {
    const std::lock_guard lock(mutex);
    ++deliveries;
    if (abandoned) return failure(Recovery::retry);
    if (down) return failure(Recovery::retry);
    const unsigned dice = trouble == 0 ? 100 : random_() % 100;
    if (dice < trouble / 2) return failure(Recovery::retry);
    std::vector<std::int64_t> numbers;
    if (sealed.payload.layout().table == "events") {
      layouts_seen.insert(&sealed.payload.layout());
      for (std::size_t row = 0; row < sealed.payload.rows(); ++row) {
        const RowOrigin origin = sealed.payload.origin(row);
        numbers.push_back(static_cast<std::int64_t>(origin.log) * 1'000'000 + origin.offset);
        if (refused.contains(numbers.back())) return failure(Recovery::isolate);
        if (numbers.back() >= outdated_from) return failure(Recovery::rebuild);
      }
      const std::string forgotten = forgets_names ? "!" + std::to_string(++inserts_) : "";
      if (hollow_deliveries > 0) {
        --hollow_deliveries;
        rows_by_delivery.try_emplace(sealed.delivery_id + forgotten);
        return failure(Recovery::retry);
      }
      rows_by_delivery.try_emplace(sealed.delivery_id + forgotten, numbers);
    } else {
      error_rows_by_delivery.try_emplace(sealed.delivery_id, sealed.payload.rows());
    }
    if (dice < trouble || loses_answers) return failure(Recovery::retry);
    return Receipt{.rows = sealed.payload.rows()};
  }
  std::size_t max_parallel() const noexcept override { return 3; }
  void abandon() override {
    const std::lock_guard lock(mutex);
    abandoned = true;
  }

  std::multiset<std::int64_t> stored() {
    const std::lock_guard lock(mutex);
    std::multiset<std::int64_t> all;
    for (const auto& [id, numbers] : rows_by_delivery) all.insert(numbers.begin(), numbers.end());
    return all;
  }
  std::size_t error_rows() const {
    std::size_t all = 0;
    for (const auto& [id, rows] : error_rows_by_delivery) all += rows;
    return all;
  }

  std::mutex mutex;
  unsigned trouble = 0;        // per cent of deliveries that fail, half of them after writing
  bool loses_answers = false;  // of what it stored
  bool forgets_names = false;
  int hollow_deliveries = 0;  // of the next, the names are kept and the rows are not
  bool down = false;
  bool abandoned = false;
  int deliveries = 0;  // however they ended
  std::set<std::int64_t> refused;
  std::int64_t outdated_from = std::numeric_limits<std::int64_t>::max();
  std::set<const BlockLayout*> layouts_seen;
  std::map<std::string, std::vector<std::int64_t>> rows_by_delivery;
  std::map<std::string, std::size_t> error_rows_by_delivery;

 private:
  static Error failure(Recovery recovery) {
    return {.fault = Fault::remote,
            .recovery = recovery,
            .code = "clickhouse.busy",
            .message = "as asked"};
  }

  std::minstd_rand random_;
  int inserts_ = 0;
};

}  // namespace penstock::testing
