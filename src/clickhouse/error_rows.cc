#include "clickhouse/error_rows.h"

#include "base/clock.h"
#include "clickhouse/row_binary.h"
#include "clickhouse/sql_text.h"
#include "clickhouse/table.h"

namespace penstock::clickhouse {
namespace {

const PositionColumns kPosition{"_topic", "_partition", "_offset", ""};
constexpr std::string_view kPositionList = "_topic, _partition, _offset";

std::string as_sql(const MessagePosition& position) {
  return "(" + quote_string(position.topic) + ", " + std::to_string(position.partition) + ", " +
         std::to_string(position.offset) + ")";
}

Status check_whole(const RowBinary& answer, const std::string& table) {
  if (!answer.is_broken()) return done();
  return Error{.fault = Fault::remote,
               .code = "clickhouse.bad_answer",
               .message = "Reading " + table + ": the answer ends in the middle of a row"};
}

}  // namespace

Result<ErrorRows> ErrorRows::open(Client& client, const DestinationSettings& destination,
                                  const std::string& pipe, const std::string& where) {
  const std::string name = error_table_name(destination);
  PENSTOCK_TRY(table, read_table(client, destination.database, name));
  // The line feed ends a comment that `where` may end in.
  return ErrorRows(client, quote_table(destination.database, name),
                   "pipe_name = " + quote_string(pipe), where.empty() ? "1" : "(" + where + "\n)",
                   table.find("replay") != nullptr);
}

ErrorRows::ErrorRows(Client& client, std::string table, std::string of_pipe, std::string where,
                     bool has_batches)
    : client_(&client),
      table_(std::move(table)),
      of_pipe_(std::move(of_pipe)),
      where_(std::move(where)),
      has_batches_(has_batches) {}

Status ErrorRows::prepare() {
  has_batches_ = true;
  return execute(*client_, "ALTER TABLE " + table_,
                 "ALTER TABLE " + table_ +
                     " ADD COLUMN IF NOT EXISTS replayed_at Nullable(DateTime64(3, 'UTC')),"
                     " ADD COLUMN IF NOT EXISTS replay String");
}

// A message set aside twice is not free when one of its rows is not.
std::string ErrorRows::is_free() const {
  const std::string taken =
      has_batches_ ? "(replayed_at IS NOT NULL OR replay != '')" : "replayed_at IS NOT NULL";
  const std::string position = "(" + std::string(kPositionList) + ")";
  return of_pipe_ + " AND " + where_ + " AND NOT " + taken + " AND " + position +
         " NOT IN (SELECT " + std::string(kPositionList) + " FROM " + table_ + " WHERE " +
         of_pipe_ + " AND " + taken + ")";
}

Result<std::string> ErrorRows::select(const std::string& query) {
  PENSTOCK_TRY(answer, client_->send({.query = query + " FORMAT RowBinary",
                                      .settings = {{"wait_end_of_query", "1"}},
                                      .purpose = "Reading " + table_}));
  return std::move(answer.text);
}

Result<std::vector<ErrorRow>> ErrorRows::select_rows(const std::string& condition) {
  PENSTOCK_TRY(text,
               select("SELECT toString(_topic), _partition, _offset, raw_message, _key, "
                      "toUnixTimestamp64Milli(_message_timestamp), _header_keys, "
                      "_header_values, error FROM " +
                      table_ + " WHERE " + condition + " ORDER BY " + std::string(kPositionList) +
                      ", _timestamp DESC LIMIT 1 BY " + std::string(kPositionList)));
  std::vector<ErrorRow> rows;
  RowBinary answer(text);
  while (!answer.at_end()) {
    ErrorRow row{.position = read_position(answer)};
    row.message = answer.text();
    row.key = answer.text();
    row.timestamp_ms = answer.number<std::int64_t>();
    row.header_keys = answer.texts();
    row.header_values = answer.texts();
    row.error = answer.text();
    rows.push_back(std::move(row));
  }
  PENSTOCK_OK(check_whole(answer, table_));
  return rows;
}

Result<std::vector<ErrorRow>> ErrorRows::read(const std::optional<MessagePosition>& after,
                                              Page page) {
  const std::string position = "(" + std::string(kPositionList) + ")";
  std::string condition = is_free();
  if (after) condition += " AND " + position + " > " + as_sql(*after);
  PENSTOCK_TRY(text, select("SELECT toString(_topic), _partition, _offset, "
                            "toUInt64(max(length(raw_message))) FROM " +
                            table_ + " WHERE " + condition + " GROUP BY " +
                            std::string(kPositionList) + " ORDER BY " + std::string(kPositionList) +
                            " LIMIT " + std::to_string(page.messages)));
  RowBinary sizes(text);
  std::optional<MessagePosition> last;
  for (std::size_t bytes = 0; !sizes.at_end();) {
    MessagePosition next = read_position(sizes);
    bytes += sizes.number<std::uint64_t>();
    if (last && bytes > page.bytes) break;
    last = std::move(next);
  }
  PENSTOCK_OK(check_whole(sizes, table_));
  if (!last) return std::vector<ErrorRow>{};
  return select_rows(condition + " AND " + position + " <= " + as_sql(*last));
}

Result<std::vector<std::string>> ErrorRows::open_batches() {
  PENSTOCK_TRY(text, select("SELECT DISTINCT replay FROM " + table_ + " WHERE " + of_pipe_ +
                            " AND replay != '' AND replayed_at IS NULL ORDER BY replay"));
  std::vector<std::string> batches;
  RowBinary answer(text);
  while (!answer.at_end()) batches.push_back(answer.text());
  PENSTOCK_OK(check_whole(answer, table_));
  return batches;
}

Result<std::vector<ErrorRow>> ErrorRows::read_batch(const std::string& batch) {
  return select_rows(of_pipe_ + " AND replayed_at IS NULL AND replay = " + quote_string(batch));
}

Result<std::vector<MessagePosition>> ErrorRows::plan(
    const std::string& batch, const std::vector<MessagePosition>& positions) {
  PENSTOCK_OK(update("replay = " + quote_string(batch),
                     "replay = '' AND replayed_at IS NULL AND " + is_one_of(positions, kPosition)));
  PENSTOCK_TRY(text, select("SELECT DISTINCT toString(_topic), _partition, _offset FROM " + table_ +
                            " WHERE " + of_pipe_ + " AND replay = " + quote_string(batch) +
                            " ORDER BY " + std::string(kPositionList)));
  std::vector<MessagePosition> got;
  RowBinary answer(text);
  while (!answer.at_end()) got.push_back(read_position(answer));
  PENSTOCK_OK(check_whole(answer, table_));
  return got;
}

Status ErrorRows::unplan(const std::string& batch) {
  return update("replay = ''", "replayed_at IS NULL AND replay = " + quote_string(batch));
}

Status ErrorRows::mark_replayed(const std::vector<MessagePosition>& positions) {
  const std::string now =
      "fromUnixTimestamp64Milli(" + std::to_string(wall_clock_ms()) + ", 'UTC')";
  return update("replayed_at = " + now,
                "replayed_at IS NULL AND " + is_one_of(positions, kPosition));
}

// Returns when the rows are changed, on every replica.
Status ErrorRows::update(const std::string& change, const std::string& condition) {
  const std::string statement =
      "ALTER TABLE " + table_ + " UPDATE " + change + " WHERE " + of_pipe_ + " AND " + condition;
  auto answer = client_->send({.query = statement,
                               .settings = {{"mutations_sync", "2"}, {"wait_end_of_query", "1"}},
                               .purpose = "ALTER TABLE " + table_ + " UPDATE"});
  if (!answer.ok()) return std::move(answer).error();
  return done();
}

}  // namespace penstock::clickhouse
