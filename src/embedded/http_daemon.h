#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "embedded/backend.h"

struct MHD_Daemon;

namespace penstock::embedded {

/// Counts requests under way, and lets one wait until there are none.
class RunningRequests final {
 public:
  /// False once closed: the request is to be refused.
  bool enter();
  void leave();
  void close();
  bool wait_until_none(std::chrono::milliseconds longest);

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  int count_ = 0;
  bool closed_ = false;
};

/// The HTTP side: takes requests apart for an Exchange and sends its Answer.
/// Threads: one per connection, made by libmicrohttpd.
class HttpDaemon final {
 public:
  static Result<std::unique_ptr<HttpDaemon>> start(Backend& backend, const std::string& host,
                                                   std::uint16_t port);
  ~HttpDaemon();
  HttpDaemon(const HttpDaemon&) = delete;
  HttpDaemon& operator=(const HttpDaemon&) = delete;

  std::uint16_t port() const;

  /// No new connections and no new requests; false when requests are still
  /// under way after `longest`.
  bool drain(std::chrono::milliseconds longest);

  Backend& backend() { return backend_; }
  RunningRequests& running() { return running_; }

 private:
  explicit HttpDaemon(Backend& backend) : backend_(backend) {}

  Backend& backend_;
  RunningRequests running_;
  MHD_Daemon* daemon_ = nullptr;
};

}  // namespace penstock::embedded
