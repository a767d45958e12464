#include "kafka/spec.h"

#include <gtest/gtest.h>

#include <string>

#include "spec/read_document.h"
#include "spec/spec.h"

namespace penstock::kafka {
namespace {

SourceSettings valid(const std::string& yaml) {
  const auto parsed = source_spec().parse(spec::read_yaml(yaml).documents.at(0));
  EXPECT_TRUE(parsed.problems.empty()) << spec::problems_text(parsed.problems, "f");
  return parsed.config;
}

/// The paths of all problems, each followed by a blank.
std::string refused(const std::string& yaml) {
  std::string paths;
  for (const auto& problem : source_spec().parse(spec::read_yaml(yaml).documents.at(0)).problems) {
    paths += problem.path + " ";
  }
  return paths;
}

std::string with(const std::string& brokers, const std::string& more = "") {
  return "{format: JSONEachRow, topics: t, brokers: '" + brokers + "'" + more + "}";
}

constexpr const char* kUser = ", credentials: {username: u, password: p}";

TEST(KafkaSpec, ReadsTheSmallestSource) {
  const SourceSettings settings = valid(with("b"));
  EXPECT_EQ(settings.type, ClusterType::kafka);
  EXPECT_EQ(settings.offset.strategy, OffsetStrategy::from_beginning);
  EXPECT_EQ(listener(settings), Listener::plaintext);
  EXPECT_FALSE(login(settings).has_value());
  EXPECT_EQ(consumer_group(settings, "orders"), "penstock-orders");
}

TEST(KafkaSpec, ReadsWhatClickPipesClientsSend) {
  const SourceSettings settings = valid(R"({type: confluent, format: JSONEachRow,
    brokers: "a.example.com:9092,b.example.com:9092", topics: "one, two", consumerGroup: null,
    offset: {strategy: from_timestamp, timestamp: "2021-01-01T00:00"}, authentication: PLAIN,
    credentials: {username: u, password: p}, iamRole: null, caCertificate: null,
    schemaRegistry: null, reversePrivateEndpointIds: [], exactlyOnce: false})");
  EXPECT_EQ(topic_names(settings), (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(listener(settings), Listener::sasl_ssl);
  EXPECT_EQ(login(settings), Authentication::plain);
  EXPECT_EQ(timestamp_ms(settings.offset), 1'609'459'200'000);
}

TEST(KafkaSpec, ReadsListenersOffTheBrokers) {
  const SourceSettings settings = valid(with("PLAINTEXT://a:1, PLAINTEXT://[::1]:2"));
  EXPECT_EQ(listener(settings), Listener::plaintext);
  EXPECT_EQ(broker_addresses(settings), (std::vector<std::string>{"a:1", "[::1]:2"}));
  EXPECT_EQ(listener(valid(with("SSL://a"))), Listener::ssl);
  EXPECT_EQ(listener(valid(with("SASL_SSL://a", kUser))), Listener::sasl_ssl);
  EXPECT_EQ(listener(valid(with("a", ", caCertificate: pem"))), Listener::ssl);
}

TEST(KafkaSpec, DoesNotUseALoginOnAListenerWithoutOne) {
  const char* more = ", authentication: SCRAM-SHA-512, credentials: {username: u, password: p}";
  EXPECT_FALSE(login(valid(with("PLAINTEXT://a", more))).has_value());
  EXPECT_EQ(login(valid(with("SASL_PLAINTEXT://a", more))), Authentication::scram_sha_512);
}

TEST(KafkaSpec, TakesAUserWithoutAuthenticationForPlain) {
  EXPECT_EQ(login(valid(with("SASL_PLAINTEXT://a", kUser))), Authentication::plain);
  EXPECT_EQ(login(valid(with("a", ", credentials: {connectionString: c}"))), Authentication::plain);
}

TEST(KafkaSpec, RefusesBrokersThatAreNoAddresses) {
  for (const char* brokers : {"a,", ",a", "a:0", "a:70000", "a:x", "http://a:1", "a b", "me@a:1",
                              "PLAINTEXT://a,SSL://b", "PLAINTEXT://a,b", "::1", "PLAINTEXT://"}) {
    EXPECT_EQ(refused(with(brokers)), "brokers ") << brokers;
  }
}

TEST(KafkaSpec, RefusesTopicsKafkaWouldNotHave) {
  const std::string head = "{format: JSONEachRow, brokers: a, topics: '";
  for (const std::string& topics : {std::string("a,,b"), std::string("a b"), std::string("^a.*"),
                                    std::string("."), std::string("a,a"), std::string(250, 'x')}) {
    EXPECT_EQ(refused(head + topics + "'}"), "topics ") << topics;
  }
}

TEST(KafkaSpec, WantsTheCredentialsItsAuthenticationNeeds) {
  EXPECT_EQ(refused(with("a", ", authentication: SCRAM-SHA-256")),
            "credentials.username credentials.password ");
  EXPECT_EQ(refused(with("a", ", credentials: {username: u}")), "credentials.password ");
  EXPECT_EQ(refused(with("a", ", authentication: MUTUAL_TLS")),
            "credentials.certificate credentials.privateKey ");
  EXPECT_EQ(refused(with("SASL_SSL://a")), "authentication ");
  EXPECT_EQ(refused(with("PLAINTEXT://a", ", authentication: MUTUAL_TLS")), "authentication ");
  valid(with("a", ", authentication: MUTUAL_TLS, credentials: {certificate: c, privateKey: k}"));
}

TEST(KafkaSpec, WantsATimestampForFromTimestampOnly) {
  const auto offset = [](const std::string& text) {
    return refused(with("a", ", offset: {" + text + "}"));
  };
  EXPECT_EQ(offset("strategy: from_timestamp"), "offset.timestamp ");
  EXPECT_EQ(offset("strategy: from_latest, timestamp: '2021-01-01T00:00'"), "offset.timestamp ");
  EXPECT_EQ(offset("strategy: from_timestamp, timestamp: '2021-02-30T00:00'"), "offset.timestamp ");
  EXPECT_EQ(offset("strategy: from_latest, timestamp: null"), "");
}

TEST(KafkaSpec, ReadsTimestampsAsUtc) {
  const auto ms = [](const char* text) { return timestamp_ms(OffsetSettings{.timestamp = text}); };
  EXPECT_EQ(ms("1970-01-01T00:00"), 0);
  EXPECT_EQ(ms("1969-12-31T23:59:59Z"), -1000);
  EXPECT_EQ(ms("2024-02-29 12:30:15"), 1'709'209'815'000);
  for (const char* text : {"", "2021-01-01", "2021-1-1T00:00", "2021-01-01T24:00",
                           "2021-01-01T00:60", "2023-02-29T00:00", "2021-00-01T00:00",
                           "2021-01-01T00:00+02:00", "2021-01-01T00:00:00.5", "-021-01-01T00:00"}) {
    EXPECT_FALSE(ms(text).has_value()) << text;
  }
}

TEST(KafkaSpec, SaysWhatIsNotSupportedYet) {
  EXPECT_EQ(refused(with("a", ", authentication: IAM_ROLE")), "authentication ");
}

TEST(KafkaSpec, NeverShowsCredentials) {
  const std::string yaml =
      with("SASL_SSL://u:hunter2@a:1", ", credentials: {username: 5, password: [hunter2]}");
  const auto parsed = source_spec().parse(spec::read_yaml(yaml).documents.at(0));
  ASSERT_GE(parsed.problems.size(), 3u);
  EXPECT_EQ(spec::problems_text(parsed.problems, "f").find("hunter2"), std::string::npos);
}

}  // namespace
}  // namespace penstock::kafka
