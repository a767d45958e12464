#include "http/client.h"

#include "http/transfer_private.h"

namespace penstock::http {
namespace {

Outcome outcome_of(CURLcode code) {
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
    default: return Outcome::unreachable;
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
  answer.outcome = outcome_of(code);
  if (answer.outcome != Outcome::answered) answer.failure = transfer_->failure(code);
  return answer;
}

}  // namespace penstock::http
