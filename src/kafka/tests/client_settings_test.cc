#include "kafka/client_settings.h"

#include <gtest/gtest.h>

namespace penstock::kafka {
namespace {

SourceOptions options_with(const std::string& brokers) {
  SourceOptions options;
  options.pipe = "orders";
  options.settings.brokers = brokers;
  options.settings.topics = "events";
  return options;
}

ClientSettings settings_of(const SourceOptions& options) {
  auto made = client_settings(options);
  EXPECT_TRUE(made.ok());
  return made.ok() ? std::move(made).value() : ClientSettings{};
}

TEST(ClientSettings, NamesTheClientAndItsGroupAfterThePipe) {
  const auto client = settings_of(options_with("a:9092, PLAINTEXT://b:9093"));
  EXPECT_EQ(client.at("bootstrap.servers"), "a:9092,b:9093");
  EXPECT_EQ(client.at("client.id"), "penstock-orders");
  EXPECT_EQ(client.at("group.id"), "penstock-orders");
  EXPECT_EQ(client.at("security.protocol"), "plaintext");
  EXPECT_EQ(client.at("isolation.level"), "read_committed");
}

TEST(ClientSettings, TurnsALoginIntoSaslOverTls) {
  SourceOptions options = options_with("a:9092");
  options.settings.authentication = Authentication::scram_sha_512;
  options.settings.credentials = Credentials{.username = "reader", .password = "secret"};
  options.settings.ca_certificate = "PEM";
  const auto client = settings_of(options);
  EXPECT_EQ(client.at("security.protocol"), "sasl_ssl");
  EXPECT_EQ(client.at("sasl.mechanisms"), "SCRAM-SHA-512");
  EXPECT_EQ(client.at("sasl.username"), "reader");
  EXPECT_EQ(client.at("ssl.ca.pem"), "PEM");
}

TEST(ClientSettings, AClientCertificateNeedsNoSasl) {
  SourceOptions options = options_with("SSL://a:9092");
  options.settings.authentication = Authentication::mutual_tls;
  options.settings.credentials = Credentials{.certificate = "CERT", .private_key = "KEY"};
  const auto client = settings_of(options);
  EXPECT_EQ(client.at("security.protocol"), "ssl");
  EXPECT_EQ(client.at("ssl.certificate.pem"), "CERT");
  EXPECT_EQ(client.at("ssl.key.pem"), "KEY");
  EXPECT_FALSE(client.contains("sasl.mechanisms"));
}

TEST(ClientSettings, EventHubsLogsInWithItsConnectionString) {
  SourceOptions options = options_with("a:9093");
  options.settings.credentials = Credentials{.connection_string = "Endpoint=sb://a"};
  const auto client = settings_of(options);
  EXPECT_EQ(client.at("sasl.mechanisms"), "PLAIN");
  EXPECT_EQ(client.at("sasl.username"), "$ConnectionString");
  EXPECT_EQ(client.at("sasl.password"), "Endpoint=sb://a");
}

TEST(ClientSettings, SaysWhichLoginItCannotDo) {
  SourceOptions options = options_with("a:9092");
  options.settings.authentication = Authentication::iam_role;
  const auto made = client_settings(options);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, "kafka.config");
  EXPECT_NE(made.error().message.find("IAM_ROLE"), std::string::npos);
}

TEST(ClientSettings, TakesAUsersWordButNotOnWhatTheSourceLivesBy) {
  SourceOptions options = options_with("a:9092");
  options.client = {{"session.timeout.ms", "30000"}};
  EXPECT_EQ(settings_of(options).at("session.timeout.ms"), "30000");
  options.client = {{"enable.auto.commit", "true"}};
  EXPECT_EQ(client_settings(options).error().code, "kafka.config");
}

TEST(ClientSettings, AreAcceptedByTheClientAtEverySize) {
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{1} << 20, std::size_t{1} << 33}) {
    SourceOptions options = options_with("127.0.0.1:1");
    options.prefetch_bytes = bytes;
    options.max_message_bytes = bytes;
    const auto client = Client::make(settings_of(options));
    EXPECT_TRUE(client.ok()) << client.error().text();
  }
}

TEST(ClientSettings, ARefusedSettingIsNamedAndASecretIsNot) {
  const auto unknown = Client::make({{"no.such.setting", "1"}});
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().code, "kafka.config");
  EXPECT_NE(unknown.error().message.find("kafka.no.such.setting"), std::string::npos);

  const auto secret = Client::make({{"group.id", "g"}, {"ssl.key.pem", "hush"}});
  if (!secret.ok()) {
    EXPECT_EQ(secret.error().message.find("hush"), std::string::npos);
  }
}

}  // namespace
}  // namespace penstock::kafka
