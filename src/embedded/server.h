#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"

namespace penstock::embedded {

struct ServerOptions {
  std::string path;                // where the tables live; made when missing
  std::string host = "127.0.0.1";  // an IPv4 or IPv6 address
  std::uint16_t port = 0;          // 0: a free one
  std::string user;                // empty: anybody is let in
  std::string password;
  std::string library;  // libchdb.so; empty: see load_chdb()
};

/// ClickHouse's HTTP interface over libchdb. One per process, once: libchdb
/// cannot start again. Every connection has a thread.
class Server final {
 public:
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;

  /// Refuses new requests, lets the running ones end (after ten seconds their
  /// queries are killed) and shuts the engine down.
  void stop();

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace penstock::embedded
