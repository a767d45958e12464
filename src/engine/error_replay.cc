#include "engine/error_replay.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <memory>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "clickhouse/sink.h"
#include "clickhouse/sql_text.h"
#include "clickhouse/stored_rows.h"
#include "clickhouse/table.h"
#include "engine/decoders.h"
#include "engine/error_decoding.h"
#include "engine/pipe_parts.h"
#include "engine/schemas.h"
#include "model/mapping.h"

namespace penstock {
namespace {

using clickhouse::ErrorRow;
using clickhouse::ErrorRows;
using clickhouse::MessagePosition;
using Rows = std::vector<ErrorRow>;
using Positions = std::vector<MessagePosition>;

// When not one of so many neighbouring messages is accepted, they are not the problem.
constexpr std::size_t kMostRefusedInARow = 200;

// A window of inserts is trusted for as long as this many a second would take to fill it; a
// table that gets more will have too many parts.
constexpr std::uint64_t kMostInsertsPerSecond = 20;

constexpr std::string_view kBatchPrefix = "replay-";

/// When the batch was named, in milliseconds since 1970.
std::int64_t birth_of(const std::string& batch) {
  std::int64_t birth = 0;
  std::from_chars(batch.data() + kBatchPrefix.size(), batch.data() + batch.size(), birth);
  return birth;
}

Positions positions_of(const Rows& rows) {
  Positions positions;
  for (const ErrorRow& row : rows) positions.push_back(row.position);
  return positions;
}

std::string to_string(const MessagePosition& position) {
  return position.topic + ":" + std::to_string(position.partition) + ":" +
         std::to_string(position.offset);
}

/// What a replay works with.
struct ReplayParts {
  std::unique_ptr<clickhouse::Client> client;
  std::optional<ErrorRows> errors;
  Mapping mapping;
  clickhouse::DeliveryGuarantee guarantee;
  std::optional<clickhouse::PositionColumns> columns;  // none: the table cannot be asked
  std::string why_not_asked;
  std::unique_ptr<ErrorDecoding> decoding;
  std::unique_ptr<Sink<Block>> sink;
};

/// One run of `penstock errors replay`.
///
/// A message goes this way: is it stored already, then it is marked; does it fit now; then it is
/// written down under the name of a batch, sent with that name as its token, and marked.
class Replay {
 public:
  Replay(const ReplayOptions& options, ReplayParts parts)
      : options_(options), parts_(std::move(parts)) {}

  Status run();
  ReplayOutcome take_outcome() { return std::move(outcome_); }

 private:
  Status finish_open_batches();
  Status finish(const std::string& batch, Rows rows);
  bool may_be_forgotten(const std::string& batch) const;
  Error unsure(const std::string& batch, std::size_t messages) const;
  Status replay_free_rows();
  Status replay_page(Rows rows);
  Status replay_fitting(Rows rows);
  /// `is_open`: an earlier replay may have sent it.
  Status send(const std::string& batch, Rows rows, bool is_open);
  Status split(Rows rows, const Error& why);
  Result<Rows> without_stored(Rows rows);
  Result<Rows> without_unfit(Rows rows);
  Status mark(const Positions& positions);
  void leave(const ErrorDecoding::Unfit& unfit);
  std::string next_batch();

  const ReplayOptions& options_;
  ReplayParts parts_;
  ReplayOutcome outcome_;
  std::set<std::string> seen_batches_;
  std::size_t refused_in_a_row_ = 0;
  std::size_t batches_ = 0;
};

// A batch that a replay left behind comes first. At the end they are looked for again: what a
// replay that died had asked for may take effect late.
Status Replay::run() {
  if (options_.dry_run) return replay_free_rows();
  PENSTOCK_OK(parts_.errors->prepare());
  PENSTOCK_OK(finish_open_batches());
  PENSTOCK_OK(replay_free_rows());
  return finish_open_batches();
}

Status Replay::finish_open_batches() {
  PENSTOCK_TRY(batches, parts_.errors->open_batches());
  for (const std::string& batch : batches) {
    if (!seen_batches_.insert(batch).second) continue;
    PENSTOCK_TRY(rows, parts_.errors->read_batch(batch));
    outcome_.messages += rows.size();
    outcome_.notes.push_back("finished batch " + batch + " of an earlier replay");
    if (options_.unsure == Unsure::mark && may_be_forgotten(batch)) {
      PENSTOCK_OK(mark(positions_of(rows)));
    } else {
      PENSTOCK_OK(finish(batch, std::move(rows)));
    }
  }
  return done();
}

// Whatever of the batch is in the table came there under its name. What is not is sent under that
// name as well, for an insert of a replay that died may still be under way.
Status Replay::finish(const std::string& batch, Rows rows) {
  PENSTOCK_TRY(missing, without_stored(std::move(rows)));
  const std::size_t wanted = missing.size();
  PENSTOCK_TRY(fitting, without_unfit(std::move(missing)));
  const bool is_whole = fitting.size() == wanted;
  const bool is_doubtful = may_be_forgotten(batch) || (!is_whole && !parts_.columns);
  if (is_doubtful && options_.unsure == Unsure::stop) return unsure(batch, wanted);
  if (fitting.empty()) return done();
  PENSTOCK_OK(send(batch, std::move(fitting), true));
  if (is_whole) return done();
  // From now on nothing more can come into the table under that name.
  PENSTOCK_TRY(rest, parts_.errors->read_batch(batch));
  PENSTOCK_TRY(not_stored, without_stored(std::move(rest)));
  return not_stored.empty() ? done() : parts_.errors->unplan(batch);
}

bool Replay::may_be_forgotten(const std::string& batch) const {
  if (parts_.columns) return false;
  const clickhouse::TokenWindow& window = parts_.guarantee.window;
  std::chrono::seconds trusted(window.inserts / kMostInsertsPerSecond);
  if (window.age) trusted = std::min(trusted, *window.age);
  const std::chrono::milliseconds age(wall_clock_ms() - birth_of(batch));
  return !parts_.guarantee.exactly_once || age > trusted;
}

Error Replay::unsure(const std::string& batch, std::size_t messages) const {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "engine.unsure_replay",
          .message = "batch " + batch + " of an earlier replay, " + std::to_string(messages) +
                     " messages, may have been stored: ClickHouse may have forgotten its name, " +
                     "and the table cannot be asked, since " + parts_.why_not_asked};
}

Status Replay::replay_free_rows() {
  std::optional<MessagePosition> after;
  for (;;) {
    PENSTOCK_TRY(rows, parts_.errors->read(after, options_.page));
    if (rows.empty()) return done();
    after = rows.back().position;
    outcome_.messages += rows.size();
    PENSTOCK_OK(replay_page(std::move(rows)));
  }
}

Status Replay::replay_page(Rows rows) {
  PENSTOCK_TRY(missing, without_stored(std::move(rows)));
  PENSTOCK_TRY(fitting, without_unfit(std::move(missing)));
  if (!options_.dry_run) return replay_fitting(std::move(fitting));
  outcome_.replayed += fitting.size();
  return done();
}

Status Replay::replay_fitting(Rows rows) {
  if (rows.empty()) return done();
  const std::string batch = next_batch();
  seen_batches_.insert(batch);
  PENSTOCK_TRY(got, parts_.errors->plan(batch, positions_of(rows)));
  const std::set<MessagePosition> ours(got.begin(), got.end());
  std::erase_if(rows, [&](const ErrorRow& row) { return !ours.contains(row.position); });
  return send(batch, std::move(rows), false);
}

Status Replay::send(const std::string& batch, Rows rows, bool is_open) {
  if (rows.empty()) return done();
  PENSTOCK_TRY(block, parts_.decoding->decode(rows));
  Sealed<Block> sealed{.payload = std::move(block), .tickets = {}, .delivery_id = batch};
  auto delivered = parts_.sink->deliver(sealed);
  if (!delivered.ok() && delivered.error().recovery == Recovery::isolate) {
    // An earlier replay may have sent it before the table changed.
    if (is_open && !parts_.columns && options_.unsure == Unsure::stop) {
      return unsure(batch, rows.size());
    }
    PENSTOCK_OK(parts_.errors->unplan(batch));
    return split(std::move(rows), delivered.error());
  }
  if (!delivered.ok()) return std::move(delivered).error();
  refused_in_a_row_ = 0;
  outcome_.rows += delivered.value().rows;
  return mark(positions_of(rows));
}

// ClickHouse refused the batch for a value, so nothing of it was stored.
Status Replay::split(Rows rows, const Error& why) {
  if (rows.size() == 1) {
    leave({rows.front().position, "", why.message});
    if (++refused_in_a_row_ < kMostRefusedInARow) return done();
    return Error(why).at(std::to_string(kMostRefusedInARow) + " messages in a row were refused");
  }
  const auto middle = rows.begin() + std::ssize(rows) / 2;
  Rows second(std::make_move_iterator(middle), std::make_move_iterator(rows.end()));
  rows.erase(middle, rows.end());
  PENSTOCK_OK(replay_fitting(std::move(rows)));
  return replay_fitting(std::move(second));
}

// The pipe, or an earlier replay that could not mark them, has stored some already.
Result<Rows> Replay::without_stored(Rows rows) {
  if (!parts_.columns) return rows;
  const Positions asked = positions_of(rows);
  const BlockLayout& layout = *parts_.mapping.layout;
  PENSTOCK_TRY(stored, clickhouse::find_stored(
                           *parts_.client, clickhouse::quote_table(layout.database, layout.table),
                           *parts_.columns, asked));
  if (stored.empty()) return rows;
  outcome_.found += stored.size();
  PENSTOCK_OK(mark(Positions(stored.begin(), stored.end())));
  std::erase_if(rows, [&](const ErrorRow& row) { return stored.contains(row.position); });
  return rows;
}

Result<Rows> Replay::without_unfit(Rows rows) {
  PENSTOCK_TRY(sorted, parts_.decoding->sort(std::move(rows)));
  for (const ErrorDecoding::Unfit& unfit : sorted.unfit) leave(unfit);
  return std::move(sorted.fitting);
}

Status Replay::mark(const Positions& positions) {
  outcome_.replayed += positions.size();
  return options_.dry_run ? done() : parts_.errors->mark_replayed(positions);
}

void Replay::leave(const ErrorDecoding::Unfit& unfit) {
  ReplayOutcome::Left& left = outcome_.left[unfit.field];
  if (left.messages++ == 0) left.example = to_string(unfit.position) + ": " + unfit.reason;
}

// Its first part sorts by time.
std::string Replay::next_batch() {
  return std::string(kBatchPrefix) + std::to_string(wall_clock_ms()) + "-" +
         std::to_string(getpid()) + "-" + std::to_string(++batches_);
}

}  // namespace

std::uint64_t ReplayOutcome::left_messages() const {
  std::uint64_t messages = 0;
  for (const auto& [field, part] : left) messages += part.messages;
  return messages;
}

Result<ReplayOutcome> replay_errors(const PipeDocument& document, const ReplayOptions& options) {
  const clickhouse::DestinationSettings& destination = document.destination;
  ReplayParts parts;
  PENSTOCK_TRY(client, clickhouse::Client::make(clickhouse::client_settings(destination)));
  parts.client = std::move(client);
  PENSTOCK_TRY(table,
               clickhouse::read_table(*parts.client, destination.database, destination.table));
  PENSTOCK_TRY(mapping, map_table(document, table));
  parts.mapping = std::move(mapping);
  const clickhouse::UrlSettings user = insert_settings(document.settings);
  PENSTOCK_TRY(
      found, clickhouse::find_destination(*parts.client, destination, parts.mapping, user, false));
  parts.guarantee = std::move(found.guarantee);
  clickhouse::PositionColumns columns = clickhouse::position_columns(parts.mapping);
  parts.why_not_asked =
      columns.why_not.empty() ? parts.guarantee.why_not_asked : std::move(columns.why_not);
  if (parts.why_not_asked.empty()) parts.columns = std::move(columns);
  PENSTOCK_TRY(errors, ErrorRows::open(*parts.client, destination, document.name, options.where));
  parts.errors = std::move(errors);
  PENSTOCK_TRY(schemas, make_schema_source(*document.source.kafka));
  PENSTOCK_TRY(decoder, make_decoder(document, parts.mapping, std::move(schemas)));
  parts.decoding =
      std::make_unique<ErrorDecoding>(parts.mapping.layout, std::move(decoder), options.edit);
  PENSTOCK_TRY(
      sink, clickhouse::make_sink(destination, sink_options(document.settings, parts.guarantee)));
  parts.sink = std::move(sink);

  Replay replay(options, std::move(parts));
  PENSTOCK_OK(replay.run());
  return replay.take_outcome();
}

}  // namespace penstock
