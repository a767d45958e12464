#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/body.h"

namespace penstock::http {

class Transfer;

/// All PEM; an empty text means "not given". Never printed.
struct Tls {
  std::string ca_certificates;  // the only ones trusted; the system's when not given
  std::string certificate;      // the client's, with its chain
  std::string private_key;
  bool operator==(const Tls&) const = default;
};

/// How a client talks and how long it waits.
struct Settings {
  std::string url;  // what all requests begin with; of this machine: no proxy is asked
  Tls tls;
  std::chrono::milliseconds connect_limit{10'000};
  /// Longest time in which not one byte moves either way, such as a server at work.
  std::chrono::seconds silence_limit{300};
  std::size_t max_answer_bytes = 64u << 20;
};

/// AWS Signature Version 4. The client signs rightly only what is sent to "/" without a query.
struct AwsSignature {
  std::string region;
  std::string service;
  std::string access_key_id;
  std::string secret_key;
};

/// HTTP Basic.
struct User {
  std::string name;
  std::string password;
};

/// Takes one header of an answer, its name as it was sent.
using HeaderSink = std::function<void(std::string_view name, std::string_view value)>;

/// One request: GET without a body, else POST.
struct Request {
  std::string url;
  std::vector<std::string> headers;      // "Name: value"
  Body* body = nullptr;                  // outlives the request
  std::optional<std::string_view> text;  // instead of a body; what a signature needs
  std::optional<User> user;
  std::optional<AwsSignature> signature;  // instead of a user
  std::chrono::milliseconds deadline{0};  // for all of it; 0: none
  HeaderSink on_header;
};

/// How a request ended.
enum class Outcome : std::uint8_t {
  answered,     // with whatever status
  given_up,     // abandon() was called
  unreachable,  // no answer, or only part of one
  untrusted,    // certificates do not fit
  unreadable,   // no HTTP, or longer than allowed
};

/// What came back: whole when answered, else as far as it came.
struct Answer {
  Outcome outcome = Outcome::unreachable;
  long status = 0;  // 0: none came
  std::string text;
  std::size_t sent_bytes = 0;  // of the body
  std::string failure;         // words for an outcome other than answered
};

/// HTTP/1.1 over one kept-alive connection. Follows no redirect.
/// Threads: one at a time; abandon() from any.
class Client {
 public:
  /// Connects with the first request.
  explicit Client(Settings settings);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Answer send(const Request& request);

  /// Ends the request under way within about a second and refuses later ones.
  void abandon() noexcept { abandoned_.store(true, std::memory_order_relaxed); }

  const Settings& settings() const noexcept { return settings_; }

 private:
  const Settings settings_;
  std::atomic<bool> abandoned_{false};
  std::unique_ptr<Transfer> transfer_;
};

}  // namespace penstock::http
