#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "clickhouse/client.h"
#include "clickhouse/message_position.h"
#include "clickhouse/spec.h"

namespace penstock::clickhouse {

/// A message that was set aside. What was null in the record is empty here.
struct ErrorRow {
  MessagePosition position;
  std::string message;
  std::string key;
  std::int64_t timestamp_ms = 0;  // since 1970, UTC; 0 when the record had none
  std::vector<std::string> header_keys;
  std::vector<std::string> header_values;  // as many
  std::string error;                       // why it was set aside
};

/// The error rows of one pipe, and which of them were replayed.
///
/// A batch of a replay is written down before it is sent: its rows get the batch's name in the
/// column `replay`. That is a mutation which changes only rows that have none, so of two
/// replays that want the same row, be one of them long dead, one gets it. Rows of one message that
/// were set aside twice go together.
///
/// Threads: as Client. Errors: those of Client; clickhouse.bad_answer.
class ErrorRows {
 public:
  /// How many messages are read at once, and about how many bytes of them.
  struct Page {
    std::size_t messages = 5000;
    std::size_t bytes = 32u << 20;
  };

  /// `pipe`: whose rows; `where`: SQL over columns of the error table, empty for all of them.
  /// Errors: clickhouse.missing_table when nothing was ever set aside.
  static Result<ErrorRows> open(Client& client, const DestinationSettings& destination,
                                const std::string& pipe, const std::string& where);

  /// Adds the columns of a replay to a table that has none. Before any of plan(), unplan(),
  /// mark_replayed().
  Status prepare();

  /// Messages that no batch holds, behind `after`, in the order of their positions; none at the
  /// end.
  Result<std::vector<ErrorRow>> read(const std::optional<MessagePosition>& after, Page page);

  /// The batches that were written down and not marked as replayed, oldest first. `where` does not
  /// matter here.
  Result<std::vector<std::string>> open_batches();
  Result<std::vector<ErrorRow>> read_batch(const std::string& batch);

  /// Writes the batch down. Returns the positions it got. `positions` are sorted, here and below.
  Result<std::vector<MessagePosition>> plan(const std::string& batch,
                                            const std::vector<MessagePosition>& positions);
  /// The batch was refused: its messages may go with another.
  Status unplan(const std::string& batch);
  Status mark_replayed(const std::vector<MessagePosition>& positions);

 private:
  ErrorRows(Client& client, std::string table, std::string of_pipe, std::string where,
            bool has_batches);

  std::string is_free() const;
  Result<std::string> select(const std::string& query);
  Result<std::vector<ErrorRow>> select_rows(const std::string& condition);
  Status update(const std::string& change, const std::string& condition);

  Client* client_;
  std::string table_;    // quoted
  std::string of_pipe_;  // SQL: is it a row of the pipe?
  std::string where_;    // SQL, never empty
  bool has_batches_;     // the table has the column `replay`
};

}  // namespace penstock::clickhouse
