#include "kafka/errors.h"

#include <algorithm>
#include <array>

#include "kafka/client.h"

namespace penstock::kafka {
namespace {

struct Row {
  rd_kafka_resp_err_t remote;
  Fault fault;
  Recovery recovery;
  std::string_view code;
};

using enum Fault;
using enum Recovery;

constexpr std::array kRows = {
    Row{RD_KAFKA_RESP_ERR__AUTHENTICATION, user, stop, "kafka.auth"},
    Row{RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, user, stop, "kafka.auth"},
    Row{RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM, user, stop, "kafka.auth"},

    Row{RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, user, stop, "kafka.grant"},
    Row{RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, user, stop, "kafka.grant"},
    Row{RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, user, stop, "kafka.grant"},

    Row{RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, user, stop, "kafka.unknown_topic"},
    Row{RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, user, stop, "kafka.unknown_topic"},
    Row{RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, user, stop, "kafka.unknown_topic"},

    Row{RD_KAFKA_RESP_ERR__INVALID_ARG, user, stop, "kafka.config"},
    Row{RD_KAFKA_RESP_ERR_INVALID_GROUP_ID, user, stop, "kafka.config"},
    Row{RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT, user, stop, "kafka.config"},
    Row{RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL, user, stop, "kafka.config"},
    Row{RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, user, stop, "kafka.config"},
    Row{RD_KAFKA_RESP_ERR__INCONSISTENT, user, stop, "kafka.config"},
    Row{RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, user, stop, "kafka.config"},

    Row{RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, remote, retry, "kafka.unreachable"},
    Row{RD_KAFKA_RESP_ERR__TRANSPORT, remote, retry, "kafka.unreachable"},
    Row{RD_KAFKA_RESP_ERR__RESOLVE, remote, retry, "kafka.unreachable"},
    Row{RD_KAFKA_RESP_ERR__SSL, remote, retry, "kafka.unreachable"},
    Row{RD_KAFKA_RESP_ERR__TIMED_OUT, remote, retry, "kafka.unreachable"},
    Row{RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, remote, retry, "kafka.unreachable"},
    Row{RD_KAFKA_RESP_ERR__WAIT_COORD, remote, retry, "kafka.unreachable"},
    Row{RD_KAFKA_RESP_ERR__NODE_UPDATE, remote, retry, "kafka.unreachable"},
    Row{RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, remote, retry, "kafka.unreachable"},
    Row{RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, remote, retry, "kafka.unreachable"},
    Row{RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, remote, retry, "kafka.unreachable"},
};

constexpr auto kWait = std::chrono::seconds(1);

}  // namespace

Error error_of(int code, std::string what) {
  const auto* row = std::find_if(kRows.begin(), kRows.end(),
                                 [code](const Row& candidate) { return candidate.remote == code; });
  if (row == kRows.end()) {
    return Error{.fault = remote,
                 .recovery = retry,
                 .code = "kafka.client",
                 .message = std::move(what),
                 .wait = kWait};
  }
  return Error{.fault = row->fault,
               .recovery = row->recovery,
               .code = row->code,
               .message = std::move(what),
               .wait = row->recovery == retry ? kWait : std::chrono::seconds(0)};
}

Error failed_to(std::string what, int code) {
  const auto remote_code = static_cast<rd_kafka_resp_err_t>(code);
  return error_of(code, std::move(what) + ": " + rd_kafka_err2str(remote_code) + " (" +
                            rd_kafka_err2name(remote_code) + ")");
}

bool is_generation_change(int code) {
  return code == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID ||
         code == RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION ||
         code == RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS ||
         code == RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST;
}

}  // namespace penstock::kafka
