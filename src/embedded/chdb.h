#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "embedded/chdb_api.h"
#include "embedded/refusal.h"

namespace penstock::embedded {

/// Values for the {name:Type} places of a query, as ClickHouse takes them.
using QueryParameters = std::vector<std::pair<std::string, std::string>>;

/// What a query cost; adds up over the pieces of a stream.
struct QueryCost {
  std::uint64_t rows_read = 0;
  std::uint64_t bytes_read = 0;
  std::uint64_t rows_written = 0;
  std::uint64_t bytes_written = 0;
  std::uint64_t result_rows = 0;
  std::uint64_t result_bytes = 0;
  double elapsed_s = 0;

  QueryCost& operator+=(const QueryCost& other);
};

/// The outcome of a query, or one piece of a stream. Owns its bytes, which
/// outlive the connection.
class QueryResult final {
 public:
  QueryResult(const ChdbApi& api, ChdbResult result);

  const std::optional<Refusal>& refusal() const { return refusal_; }
  std::string_view bytes() const { return bytes_; }
  const QueryCost& cost() const { return cost_; }

 private:
  std::unique_ptr<void, void (*)(ChdbResult)> result_;
  std::optional<Refusal> refusal_;
  std::string_view bytes_;
  QueryCost cost_;
};

/// A SELECT that is read block by block. Every piece is a whole document of
/// the format, with its own header and footer.
class ResultStream final {
 public:
  ResultStream(const ChdbApi& api, ChdbConnection connection, ChdbResult stream);
  ~ResultStream();
  ResultStream(const ResultStream&) = delete;
  ResultStream& operator=(const ResultStream&) = delete;

  /// Why the query did not start.
  const std::optional<Refusal>& refusal() const { return refusal_; }

  /// The next piece; without bytes and refusal it was the last.
  QueryResult next();

 private:
  const ChdbApi& api_;
  const ChdbConnection connection_;
  const ChdbResult stream_;
  std::optional<Refusal> refusal_;
  bool ended_ = false;
};

/// An INSERT whose rows are pushed in pieces of any size. Dropping it before
/// done() cancels it: blocks that were already written stay.
class InsertStream final {
 public:
  InsertStream(const ChdbApi& api, ChdbInsert stream);
  ~InsertStream();
  InsertStream(const InsertStream&) = delete;
  InsertStream& operator=(const InsertStream&) = delete;

  const std::optional<Refusal>& refusal() const { return refusal_; }

  /// Waits when the engine is behind. False: the insert has failed, done() says why.
  bool append(std::string_view bytes);
  QueryResult done();

 private:
  const ChdbApi& api_;
  const ChdbInsert stream_;
  std::optional<Refusal> refusal_;
};

/// One session of the engine: current database, settings, temporary tables.
/// Costs half a millisecond to make. Threads: one at a time, one statement at
/// a time; streams end before it does.
class Connection final {
 public:
  /// Null when the engine refuses; it says why on standard error only.
  static std::unique_ptr<Connection> open(const ChdbApi& api, const std::string& path);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  QueryResult query(std::string_view sql, std::string_view format,
                    const QueryParameters& parameters = {});
  std::unique_ptr<ResultStream> stream(std::string_view sql, std::string_view format,
                                       const QueryParameters& parameters);
  std::unique_ptr<InsertStream> insert(std::string_view sql, std::string_view format,
                                       const QueryParameters& parameters);

 private:
  Connection(const ChdbApi& api, ChdbConnection* connection) : api_(api), connection_(connection) {}

  const ChdbApi& api_;
  ChdbConnection* const connection_;
};

}  // namespace penstock::embedded
