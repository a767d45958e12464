#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "embedded/answer.h"
#include "embedded/backend.h"
#include "embedded/compression.h"
#include "embedded/input_pipe.h"
#include "embedded/query_text.h"

namespace penstock::embedded {

/// One statement on its way through the engine: begin(), rows() as often as
/// there are rows, end(). Dropping it before end() cancels an INSERT.
class QueryRun final {
 public:
  QueryRun(Backend& backend, QueryRequest request, bool may_write, std::string encoding);
  ~QueryRun();
  QueryRun(const QueryRun&) = delete;
  QueryRun& operator=(const QueryRun&) = delete;

  /// Starts the statement; `sql` is all of it, or an INSERT up to its rows.
  std::optional<Refusal> begin(std::string sql, const QueryText& text);

  /// Rows of an INSERT; what comes after a failure is ignored.
  void rows(std::string_view bytes);

  /// Runs it to its end, or as far as the first piece of a streamed answer.
  Answer end();

 private:
  std::optional<Refusal> refuse(const QueryText& text) const;
  std::optional<Refusal> take_session(StatementKind kind);
  void kill_input();
  std::optional<Refusal> begin_input(const QueryText& text);
  std::optional<Refusal> load_external();
  bool streams() const;
  Answer end_insert(const QueryResult& result);
  Answer end_whole();
  Answer end_stream();
  void give_back(bool failed);

  Backend& backend_;
  QueryRequest request_;
  const bool may_write_;
  const std::string encoding_;
  std::string sql_;
  std::string format_;
  StatementKind kind_ = StatementKind::other;
  std::unique_ptr<Session> session_;
  std::unique_ptr<InsertStream> insert_;
  std::unique_ptr<InputPipe> input_;
};

}  // namespace penstock::embedded
