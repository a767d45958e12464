#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "clickhouse/body.h"
#include "http/client.h"

namespace penstock::clickhouse {

/// Where a client talks to and how long it waits.
struct ClientSettings {
  std::string url;  // http(s)://host:port[/path]
  std::string user;
  std::string password;  // never printed
  std::chrono::milliseconds connect_limit{10'000};
  /// Longest time in which not one byte moves either way, such as a server at work.
  std::chrono::seconds silence_limit{300};
};

using UrlSettings = std::vector<std::pair<std::string, std::string>>;

/// One query. With a body the query travels in the URL, otherwise it is the body.
struct Request {
  std::string_view query;
  UrlSettings settings;
  std::span<const Bytes> body;
  Encoding encoding = Encoding::identity;
  std::chrono::milliseconds deadline{0};  // for all of it; 0: none
  /// For error messages, e.g. "INSERT into events".
  std::string_view purpose;
};

struct Answer {
  std::string text;
  std::uint64_t written_rows = 0;  // from X-ClickHouse-Summary
  std::size_t sent_bytes = 0;      // of the body, as they went over the wire
};

/// ClickHouse's HTTP interface over one kept-alive connection.
///
/// Threads: one at a time; abandon() from any.
/// Errors: clickhouse.unreachable (retry) when no answer came, else as clickhouse/errors.h
/// says of the answer. Messages never hold the password or the body.
class Client {
 public:
  /// Connects with the first request. Errors: pipe.document for a URL that is none.
  static Result<std::unique_ptr<Client>> make(ClientSettings settings);

  Result<Answer> send(const Request& request);

  /// Ends the request under way within about a second and refuses later ones.
  void abandon() noexcept { transport_.abandon(); }

  const std::string& url() const noexcept { return settings_.url; }

 private:
  explicit Client(ClientSettings settings);

  std::string url_of(const Request& request) const;
  std::vector<std::string> headers_of(const Request& request) const;

  const ClientSettings settings_;
  http::Client transport_;
};

/// Runs a statement that answers nothing, such as DDL.
Status execute(Client& client, std::string_view purpose, std::string_view statement);

}  // namespace penstock::clickhouse
