#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "embedded/chdb.h"
#include "embedded/request.h"

namespace penstock::embedded {

/// A connection together with what requests did to it. URL settings hold for
/// one request; what SET, USE and CREATE TEMPORARY TABLE did stays.
class Session final {
 public:
  explicit Session(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  Connection& connection() { return *connection_; }

  /// Makes `settings` and `database` (empty: the session's own) hold, and
  /// nothing else that earlier requests brought along.
  std::optional<Refusal> apply(const Settings& settings, const std::string& database);

  /// Remembers a SET or USE that ran in this session.
  void remember(std::string statement) { own_.push_back(std::move(statement)); }

 private:
  std::unique_ptr<Connection> connection_;
  std::vector<std::string> own_;
  Settings applied_;
  std::string applied_database_;
};

/// All named sessions. A request without a session id gets a new session,
/// which ends with it. Threads: any.
class Sessions final {
 public:
  Sessions(const ChdbApi& api, std::string path) : api_(api), path_(std::move(path)) {}

  /// The session of `request`, reserved for it until release().
  struct Lease {
    std::unique_ptr<Session> session;
    std::optional<Refusal> refusal;
  };
  Lease acquire(const QueryRequest& request);
  void release(const QueryRequest& request, std::unique_ptr<Session> session);

  /// Ends all sessions that nobody uses.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  struct Slot {
    std::unique_ptr<Session> session;  // null while a request uses it
    Clock::time_point expires;
  };

  Lease open() const;
  std::vector<std::unique_ptr<Session>> take_expired();

  const ChdbApi& api_;
  const std::string path_;
  std::mutex mutex_;
  std::map<std::string, Slot> slots_;
};

}  // namespace penstock::embedded
