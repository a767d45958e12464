#include "clickhouse/range_rows.h"

#include <fmt/format.h>

#include <map>
#include <mutex>
#include <utility>

#include "base/clock.h"
#include "clickhouse/query_id.h"
#include "clickhouse/select_rows.h"
#include "clickhouse/sink.h"
#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

using namespace std::chrono_literals;

using Clock = std::chrono::steady_clock;

constexpr auto kLookAgain = 1000ms;
constexpr auto kClocksDiffer = 60s;  // at most, between the machines that plan

// Where neighbouring offsets with as many rows each follow one another, the offset less its place
// among them stays the same: that is a run.
std::string question_text(const AskedTable& asked, const RangeRows::Question& question) {
  const std::string offset = quote_name(asked.columns.offset);
  return fmt::format(
      "SELECT min(place) AS first, max(place) AS last, rows FROM (SELECT place, rows, place - "
      "row_number() OVER (PARTITION BY rows ORDER BY place) AS run FROM (SELECT toInt64({0}) AS "
      "place, count() AS rows FROM {1} WHERE {2} = {3} AND {4} = {5} AND {0} BETWEEN {6} AND "
      "{7}{8} "
      "GROUP BY place)) GROUP BY rows, run ORDER BY first",
      offset, asked.table, quote_name(asked.columns.topic), quote_string(question.topic),
      quote_name(asked.columns.partition), question.partition, question.first, question.last,
      asked.condition.empty() ? "" : " AND " + asked.condition);
}

class AskedRangeRows final : public RangeRows {
 public:
  AskedRangeRows(std::unique_ptr<Client> client, AskedTable asked, Patience patience)
      : client_(std::move(client)), asked_(std::move(asked)), patience_(patience) {}

  Result<std::vector<OffsetRun>> stored(const Question& question) override {
    const std::lock_guard lock(mutex_);
    PENSTOCK_OK(wait_for_attempts(query_id_prefix(asked_.sent_to, question.delivery_id)));
    if (!asked_.sync_statement.empty()) {
      PENSTOCK_OK(execute(*client_, "Bringing the replica up to date", asked_.sync_statement));
    }
    return select(question);
  }

  Result<bool> may_be_hollow(std::int64_t since_ms) override {
    if (asked_.is_replicated) return false;
    const std::lock_guard lock(mutex_);
    PENSTOCK_TRY(row,
                 select_row(*client_, "Asking how long ClickHouse runs",
                            "SELECT min(uptime()) AS seconds FROM " + everywhere("system.one")));
    const auto up = std::chrono::seconds(number_of<std::int64_t>(row, "seconds"));
    return up <= std::chrono::milliseconds(wall_clock_ms() - since_ms) + kClocksDiffer;
  }

  void abandon() override { client_->abandon(); }

 private:
  /// A system table, of all servers that may run our inserts.
  std::string everywhere(std::string_view table) const {
    if (asked_.cluster.empty()) return std::string(table);
    return fmt::format("clusterAllReplicas({}, {})", quote_string(asked_.cluster), table);
  }

  Result<std::vector<OffsetRun>> select(const Question& question) {
    UrlSettings settings;
    if (!asked_.cluster.empty()) settings.emplace_back("select_sequential_consistency", "1");
    const auto rows = select_rows(*client_, "Asking which records are in " + asked_.table,
                                  question_text(asked_, question), std::move(settings));
    std::vector<OffsetRun> runs;
    if (!rows.ok()) {
      if (asked_.may_be_missing && rows.error().code == "clickhouse.missing_table") return runs;
      return rows.error();
    }
    for (const Row& row : rows.value()) {
      runs.push_back({.first = number_of<std::int64_t>(row, "first"),
                      .last = number_of<std::int64_t>(row, "last"),
                      .rows = number_of<std::uint64_t>(row, "rows")});
    }
    return runs;
  }

  // An insert whose sender died goes on: what it stores must be in the answer. It mostly ends by
  // itself, and then its views have got everything; a killed one may leave them short.
  Status wait_for_attempts(const std::string& prefix) {
    const std::string ours = "query_id LIKE " + quote_string(prefix + "%");
    const auto running =
        select_row(*client_, "Looking for earlier inserts into " + asked_.sent_to,
                   fmt::format("SELECT count() AS running FROM {} WHERE {} OR initial_{}",
                               everywhere("system.processes"), ours, ours));
    if (!running.ok()) return wait_blindly(running.error());
    if (number_of<std::uint64_t>(running.value(), "running") == 0) {
      running_since_.erase(prefix);
      return done();
    }
    const auto since = running_since_.try_emplace(prefix, Clock::now()).first->second;
    if (Clock::now() - since < patience_.before_kill) return still_running("", kLookAgain);
    const std::string on_cluster =
        asked_.cluster.empty() ? "" : "ON CLUSTER " + quote_name(asked_.cluster) + " ";
    const Status killed =
        execute(*client_, "KILL QUERY", "KILL QUERY " + on_cluster + "WHERE " + ours + " SYNC");
    return still_running(killed.ok() ? "; it was killed" : "; " + killed.error().message,
                         kLookAgain);
  }

  // What we may not see gets as long as an insert should ever take.
  Status wait_blindly(const Error& reason) {
    const bool is_away = reason.code == "clickhouse.unreachable";
    const auto left = made_at_ + patience_.blind - Clock::now();
    if (!is_away && left <= 0ms) return done();
    Error error = reason;
    error.fault = Fault::remote;
    error.recovery = Recovery::retry;
    if (is_away) return error;
    error.wait = std::chrono::ceil<std::chrono::milliseconds>(left);
    error.message += fmt::format("; an insert of an earlier run is given {} s to end",
                                 std::chrono::ceil<std::chrono::seconds>(left).count());
    return error;
  }

  Error still_running(const std::string& what_else, std::chrono::milliseconds wait) const {
    return {.fault = Fault::remote,
            .recovery = Recovery::retry,
            .code = "clickhouse.busy",
            .message =
                "an insert of an earlier run into " + asked_.sent_to + " is not over" + what_else,
            .wait = wait};
  }

  const std::unique_ptr<Client> client_;
  const AskedTable asked_;
  const Patience patience_;
  const Clock::time_point made_at_ = Clock::now();
  std::mutex mutex_;  // guards the use of client_, and the next
  std::map<std::string, Clock::time_point> running_since_;
};

}  // namespace

AskedTable asked_table(const Destination& destination, const Mapping& mapping) {
  const DestinationFacts& facts = destination.facts;
  AskedTable asked{.sent_to = quote_table(mapping.layout->database, mapping.layout->table),
                   .table = quote_table(facts.table.database, facts.table.name),
                   .columns = position_columns(mapping),
                   .condition = {},
                   .cluster = facts.cluster,
                   .sync_statement = {},
                   .is_replicated = false};
  // Shared… tables answer in full when asked for sequential consistency.
  const bool is_distributed = !facts.replicas.empty();
  const TableFacts& holder = is_distributed ? facts.replicas.front() : facts.table;
  asked.is_replicated =
      holder.engine.starts_with("Replicated") || holder.engine.starts_with("Shared");
  if (!holder.engine.starts_with("Replicated")) return asked;
  const bool waits_for_merges = facts.version < "24";  // the only way there was
  asked.sync_statement = fmt::format(
      "SYSTEM SYNC REPLICA {}{}{}",
      is_distributed ? "ON CLUSTER " + quote_name(facts.cluster) + " " : "",
      quote_table(holder.database, holder.name), waits_for_merges ? "" : " LIGHTWEIGHT");
  return asked;
}

AskedTable asked_error_table(const Destination& destination, const DestinationSettings& settings,
                             const std::string& pipe_name) {
  const std::string table = quote_table(settings.database, error_table_name(settings));
  return {
      .sent_to = table,
      .table = table,
      .columns = {.topic = "_topic", .partition = "_partition", .offset = "_offset", .why_not = {}},
      .condition = "pipe_name = " + quote_string(pipe_name),
      .cluster = destination.facts.cluster,
      .sync_statement = {},
      .may_be_missing = true};
}

Result<std::unique_ptr<RangeRows>> make_range_rows(const DestinationSettings& destination,
                                                   AskedTable table, Patience patience) {
  PENSTOCK_TRY(client, Client::make(client_settings(destination)));
  return std::unique_ptr<RangeRows>(
      std::make_unique<AskedRangeRows>(std::move(client), std::move(table), patience));
}

}  // namespace penstock::clickhouse
