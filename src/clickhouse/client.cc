#include "clickhouse/client.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "clickhouse/errors.h"
#include "clickhouse/url.h"
#include "http/url.h"

namespace penstock::clickhouse {
namespace {

std::uint64_t written_rows(std::string_view summary) {
  const auto parsed = nlohmann::json::parse(summary, nullptr, false);
  if (!parsed.is_object()) return 0;
  const auto rows = parsed.find("written_rows");
  if (rows == parsed.end() || !rows->is_string()) return 0;
  return std::strtoull(rows->get_ref<const std::string&>().c_str(), nullptr, 10);
}

/// No answer came, or none that is HTTP.
Error transport_error(http::Outcome outcome, std::string message) {
  Error error{.fault = Fault::remote,
              .recovery = Recovery::retry,
              .code = "clickhouse.unreachable",
              .message = std::move(message)};
  if (outcome == http::Outcome::unreadable) error.code = "clickhouse.bad_answer";
  if (outcome == http::Outcome::unreadable || outcome == http::Outcome::untrusted) {
    error.fault = Fault::user;
    error.recovery = Recovery::stop;
  }
  return error;
}

/// What ClickHouse says in the headers of an answer.
struct Headers {
  int exception_code = 0;
  std::string summary;  // JSON

  void take(std::string_view name, std::string_view value) {
    if (is(name, "X-ClickHouse-Exception-Code")) {
      exception_code = std::atoi(std::string(value).c_str());
    } else if (is(name, "X-ClickHouse-Summary")) {
      summary = value;
    }
  }

 private:
  static bool is(std::string_view name, std::string_view other) {
    const auto same = [](unsigned char left, unsigned char right) {
      return std::tolower(left) == std::tolower(right);
    };
    return std::ranges::equal(name, other, same);
  }
};

}  // namespace

Result<std::unique_ptr<Client>> Client::make(ClientSettings settings) {
  PENSTOCK_OK(check_url(settings.url));
  return std::unique_ptr<Client>(new Client(std::move(settings)));
}

Client::Client(ClientSettings settings)
    : settings_(std::move(settings)),
      transport_({.url = settings_.url,
                  .tls = {},
                  .connect_limit = settings_.connect_limit,
                  .silence_limit = settings_.silence_limit}) {}

Result<Answer> Client::send(const Request& request) {
  const std::string tried = std::string(request.purpose) + " at " + settings_.url;
  const Bytes query = as_bytes(request.query);
  const auto body = request.body.empty() ? make_body({&query, 1}, Encoding::identity)
                                         : make_body(request.body, request.encoding);
  Headers said;
  http::Answer answer =
      transport_.send({.url = url_of(request),
                       .headers = headers_of(request),
                       .body = body.get(),
                       .text = {},
                       .user = {},
                       .signature = {},
                       .deadline = request.deadline,
                       .on_header = [&said](std::string_view name, std::string_view value) {
                         said.take(name, value);
                       }});
  if (answer.outcome == http::Outcome::given_up) {
    return transport_error(answer.outcome, tried + ": given up because the pipe stops");
  }
  // A server may refuse and hang up while we still send: what it said counts.
  if (answer.outcome != http::Outcome::answered && said.exception_code == 0) {
    return transport_error(answer.outcome, tried + ": " + answer.failure);
  }
  if (answer.status != 200 || said.exception_code != 0) {
    return refusal_error(
        {.status = answer.status, .code = said.exception_code, .text = answer.text}, tried);
  }
  return Answer{.text = std::move(answer.text),
                .written_rows = written_rows(said.summary),
                .sent_bytes = answer.sent_bytes};
}

std::string Client::url_of(const Request& request) const {
  std::string url = settings_.url;
  char separator = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    ((url += separator) += name) += '=';
    url += http::escaped(value);
    separator = '&';
  };
  for (const auto& [name, value] : request.settings) add(name, value);
  if (!request.body.empty()) add("query", request.query);
  return url;
}

std::vector<std::string> Client::headers_of(const Request& request) const {
  std::vector<std::string> headers = {"Content-Type: application/octet-stream"};
  if (!settings_.user.empty()) headers.push_back("X-ClickHouse-User: " + settings_.user);
  if (!settings_.password.empty()) headers.push_back("X-ClickHouse-Key: " + settings_.password);
  if (!request.body.empty() && request.encoding == Encoding::lz4) {
    headers.emplace_back("Content-Encoding: lz4");
  }
  return headers;
}

Status execute(Client& client, std::string_view purpose, std::string_view statement) {
  auto answer = client.send(
      {.query = statement, .settings = {{"wait_end_of_query", "1"}}, .purpose = purpose});
  if (!answer.ok()) return std::move(answer).error();
  return done();
}

}  // namespace penstock::clickhouse
