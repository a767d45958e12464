#include "clickhouse/client.h"

#include <nlohmann/json.hpp>

#include "clickhouse/errors.h"
#include "clickhouse/transfer_private.h"
#include "clickhouse/url.h"

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
Error transport_error(CURLcode outcome, std::string message) {
  Error error{.fault = Fault::remote,
              .recovery = Recovery::retry,
              .code = "clickhouse.unreachable",
              .message = std::move(message)};
  switch (outcome) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_WRITE_ERROR:  // an answer longer than anything we ask for
      error.code = "clickhouse.bad_answer";
      [[fallthrough]];
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      error.fault = Fault::user;
      error.recovery = Recovery::stop;
      break;
    default: break;
  }
  return error;
}

}  // namespace

Result<std::unique_ptr<Client>> Client::make(ClientSettings settings) {
  PENSTOCK_OK(check_url(settings.url));
  return std::unique_ptr<Client>(new Client(std::move(settings)));
}

Client::Client(ClientSettings settings)
    : settings_(std::move(settings)),
      transfer_(std::make_unique<Transfer>(settings_, abandoned_)) {}

Client::~Client() = default;

Result<Answer> Client::send(const Request& request) {
  const std::string tried = std::string(request.purpose) + " at " + settings_.url;
  const Bytes query = as_bytes(request.query);
  const auto body = request.body.empty() ? make_body({&query, 1}, Encoding::identity)
                                         : make_body(request.body, request.encoding);
  const CURLcode outcome = transfer_->run(request, *body);
  if (outcome == CURLE_ABORTED_BY_CALLBACK) {
    return transport_error(outcome, tried + ": given up because the pipe stops");
  }
  Transfer::Received& received = transfer_->received();
  // A server may refuse and hang up while we still send: what it said counts.
  if (outcome != CURLE_OK && received.exception_code == 0) {
    return transport_error(outcome, tried + ": " + transfer_->failure(outcome));
  }
  const long status = transfer_->status();
  if (status != 200 || received.exception_code != 0) {
    return refusal_error({.status = status, .code = received.exception_code, .text = received.text},
                         tried);
  }
  return Answer{.text = std::move(received.text),
                .written_rows = written_rows(received.summary),
                .sent_bytes = received.sent_bytes};
}

Status execute(Client& client, std::string_view purpose, std::string_view statement) {
  auto answer = client.send(
      {.query = statement, .settings = {{"wait_end_of_query", "1"}}, .purpose = purpose});
  if (!answer.ok()) return std::move(answer).error();
  return done();
}

}  // namespace penstock::clickhouse
