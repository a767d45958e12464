#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "http/client.h"
#include "registry/login.h"

namespace penstock::registry {

/// The way to one registry: limits of time, TLS and the login of the moment.
///
/// An attempt is short, so that a lane that waits for it keeps its place in the consumer group.
/// Threads: any; one request goes after the other.
class Connection {
 public:
  /// `url`: what all requests begin with. `ca_certificates`: PEM; empty: the system's.
  Connection(std::string url, std::string ca_certificates, Login login);

  /// GET with the user or token of the login.
  http::Answer get(const std::string& path);

  /// POST to "/", signed by the login's AWS key.
  http::Answer post_signed(http::Request request, const std::string& region,
                           const std::string& service);

  void set_login(Login login);

  const std::string& url() const noexcept { return url_; }

 private:
  void connect();

  const std::string url_;
  const std::string ca_certificates_;
  std::mutex mutex_;
  Login login_;                         // under mutex_
  std::unique_ptr<http::Client> http_;  // under mutex_
};

}  // namespace penstock::registry
