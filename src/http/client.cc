#include "http/client.h"

#include "http/transfer_private.h"

namespace penstock::http {
namespace {

/// Whether the server said that our certificate, or that we have none, is why it hung up. TLS 1.3
/// says so when its first answer is read (RFC 8446, 6.2), so curl calls it a broken connection.
bool is_about_certificates(std::string_view failure) {
  const auto says = [failure](std::string_view text) {
    return failure.find(text) != std::string_view::npos;
  };
  return says(" alert ") && (says("certificate") || says("unknown ca"));
}

Outcome outcome_of(CURLcode code, std::string_view failure) {
  switch (code) {
    case CURLE_OK: return Outcome::answered;
    case CURLE_ABORTED_BY_CALLBACK: return Outcome::given_up;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_WRITE_ERROR:  // an answer longer than anything we ask for
      return Outcome::unreadable;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM: return Outcome::untrusted;
    default: return is_about_certificates(failure) ? Outcome::untrusted : Outcome::unreachable;
  }
}

}  // namespace

Client::Client(Settings settings)
    : settings_(std::move(settings)),
      transfer_(std::make_unique<Transfer>(settings_, abandoned_)) {}

Client::~Client() = default;

Answer Client::send(const Request& request) {
  Answer answer;
  const CURLcode code = transfer_->run(request, answer);
  if (code != CURLE_OK) answer.failure = transfer_->failure(code);
  answer.outcome = outcome_of(code, answer.failure);
  return answer;
}

}  // namespace penstock::http
