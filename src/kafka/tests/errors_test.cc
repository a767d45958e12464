#include "kafka/errors.h"

#include <gtest/gtest.h>

#include "base/error_catalog.h"
#include "kafka/client.h"

namespace penstock::kafka {
namespace {

struct Case {
  rd_kafka_resp_err_t remote;
  Fault fault;
  Recovery recovery;
  std::string_view code;
};

using enum Fault;
using enum Recovery;

// Golden: a change here is a change of what pipes do.
constexpr Case kCases[] = {
    {RD_KAFKA_RESP_ERR__AUTHENTICATION, user, stop, "kafka.auth"},
    {RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, user, stop, "kafka.auth"},
    {RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM, user, stop, "kafka.auth"},
    {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, user, stop, "kafka.grant"},
    {RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, user, stop, "kafka.grant"},
    {RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, user, stop, "kafka.grant"},
    {RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, user, stop, "kafka.unknown_topic"},
    {RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, user, stop, "kafka.unknown_topic"},
    {RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, user, stop, "kafka.unknown_topic"},
    {RD_KAFKA_RESP_ERR__INVALID_ARG, user, stop, "kafka.config"},
    {RD_KAFKA_RESP_ERR_INVALID_GROUP_ID, user, stop, "kafka.config"},
    {RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT, user, stop, "kafka.config"},
    {RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL, user, stop, "kafka.config"},
    {RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, user, stop, "kafka.config"},
    {RD_KAFKA_RESP_ERR__INCONSISTENT, user, stop, "kafka.config"},
    {RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, user, stop, "kafka.config"},
    {RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR__TRANSPORT, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR__RESOLVE, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR__SSL, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR__TIMED_OUT, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR__WAIT_COORD, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR__NODE_UPDATE, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, remote, retry, "kafka.unreachable"},
    {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, remote, retry, "kafka.client"},
    {RD_KAFKA_RESP_ERR_UNKNOWN, remote, retry, "kafka.client"},
};

TEST(KafkaErrors, EachCodeHasItsFaultRecoveryAndCatalogEntry) {
  for (const Case& expected : kCases) {
    const Error error = error_of(expected.remote, "tried");
    SCOPED_TRACE(rd_kafka_err2name(expected.remote));
    EXPECT_EQ(error.fault, expected.fault);
    EXPECT_EQ(error.recovery, expected.recovery);
    EXPECT_EQ(error.code, expected.code);
    EXPECT_TRUE(explain(error.code).has_value());
    EXPECT_EQ(error.wait.count() > 0, error.recovery == retry);
  }
}

TEST(KafkaErrors, SaysWhatWasTriedAndWhatKafkaCallsIt) {
  const Error error =
      failed_to("cannot read topic events", RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  EXPECT_EQ(error.message,
            "cannot read topic events: Broker: Topic authorization failed "
            "(TOPIC_AUTHORIZATION_FAILED)");
}

TEST(KafkaErrors, KnowsAChangeOfGeneration) {
  EXPECT_TRUE(is_generation_change(RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION));
  EXPECT_TRUE(is_generation_change(RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID));
  EXPECT_TRUE(is_generation_change(RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS));
  EXPECT_FALSE(is_generation_change(RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED));
}

}  // namespace
}  // namespace penstock::kafka
