#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "embedded/chdb.h"

namespace penstock::embedded {

/// An INSERT … SELECT … FROM input(…) whose rows are pushed. libchdb has no
/// door for it, so input(…) is written as file('/dev/fd/N', …) on a pipe, and
/// the query runs on a thread of its own. Threads: the request's.
class InputPipe final {
 public:
  InputPipe() = default;
  ~InputPipe();
  InputPipe(const InputPipe&) = delete;
  InputPipe& operator=(const InputPipe&) = delete;

  /// False when the process has no file descriptor left.
  bool open();

  /// The file that reads from the pipe.
  std::string path() const;

  /// Starts the query that reads path(). `connection` outlives done().
  void start(Connection& connection, std::string sql, QueryParameters parameters);

  /// Waits when the query is behind. False: it has ended, done() says how.
  bool append(std::string_view bytes) const;
  QueryResult done();
  /// The query is over, whether or not it has read all.
  bool has_ended() const { return ended_; }

 private:
  int reader_ = -1;
  int writer_ = -1;
  std::thread query_;
  std::optional<QueryResult> result_;
  std::atomic<bool> ended_ = false;
};

}  // namespace penstock::embedded
