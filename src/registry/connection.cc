#include "registry/connection.h"

#include <chrono>
#include <utility>

namespace penstock::registry {
namespace {

using namespace std::chrono_literals;

constexpr auto kConnectLimit = 1500ms;
constexpr auto kDeadline = 2500ms;
constexpr std::size_t kMostAnswerBytes = 16u << 20;

}  // namespace

Connection::Connection(std::string url, std::string ca_certificates, Login login)
    : url_(std::move(url)), ca_certificates_(std::move(ca_certificates)), login_(std::move(login)) {
  connect();
}

void Connection::connect() {
  http_ = std::make_unique<http::Client>(http::Settings{.url = url_,
                                                        .tls = {.ca_certificates = ca_certificates_,
                                                                .certificate = login_.certificate,
                                                                .private_key = login_.private_key},
                                                        .connect_limit = kConnectLimit,
                                                        .max_answer_bytes = kMostAnswerBytes});
}

void Connection::set_login(Login login) {
  const std::lock_guard lock(mutex_);
  login_ = std::move(login);
  connect();
}

http::Answer Connection::get(const std::string& path) {
  const std::lock_guard lock(mutex_);
  http::Request request{
      .url = url_ + path,
      // no-cache: what a proxy remembers may be older than the schema.
      .headers = {"Accept: application/vnd.schemaregistry.v1+json, application/json",
                  "Cache-Control: no-cache"},
      .deadline = kDeadline};
  if (!login_.bearer_token.empty()) {
    request.headers.push_back("Authorization: Bearer " + login_.bearer_token);
  } else if (!login_.username.empty()) {
    request.user = http::User{login_.username, login_.password};
  }
  return http_->send(request);
}

http::Answer Connection::post_signed(http::Request request, const std::string& region,
                                     const std::string& service) {
  const std::lock_guard lock(mutex_);
  request.url = url_ + "/";
  request.deadline = kDeadline;
  request.signature = http::AwsSignature{.region = region,
                                         .service = service,
                                         .access_key_id = login_.access_key_id,
                                         .secret_key = login_.secret_key};
  if (!login_.session_token.empty()) {
    request.headers.push_back("X-Amz-Security-Token: " + login_.session_token);
  }
  return http_->send(request);
}

}  // namespace penstock::registry
