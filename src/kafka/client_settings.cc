#include "kafka/client_settings.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace penstock::kafka {
namespace {

/// What source.cc relies on; a user who changed these would lose records.
constexpr std::array<std::string_view, 9> kOurs = {
    "allow.auto.create.topics",
    "auto.offset.reset",
    "bootstrap.servers",
    "enable.auto.commit",
    "enable.auto.offset.store",
    "enable.partition.eof",
    "group.id",
    "metadata.broker.list",
    "partition.assignment.strategy",
};

Error bad_setting(std::string message) {
  return Error{.fault = Fault::user,
               .recovery = Recovery::stop,
               .code = "kafka.config",
               .message = std::move(message)};
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

void set_reading(const SourceOptions& options, ClientSettings& client) {
  client["enable.auto.commit"] = "false";
  client["enable.auto.offset.store"] = "false";
  client["enable.partition.eof"] = "true";
  // Where a log has nothing at a position: what a member does is OutOfRange's to say, an
  // onlooker goes on with the oldest that is left.
  client["auto.offset.reset"] = options.footprint == Footprint::member ? "error" : "earliest";
  client["partition.assignment.strategy"] = "cooperative-sticky";
  client["allow.auto.create.topics"] = "false";
  client["isolation.level"] =
      options.isolation == Isolation::read_committed ? "read_committed" : "read_uncommitted";
  // A member that was killed blocks its partitions for this long.
  client["session.timeout.ms"] = "10000";
  client["heartbeat.interval.ms"] = "2000";
  client["topic.metadata.refresh.interval.ms"] = "20000";  // finds added partitions
  client["reconnect.backoff.max.ms"] = "5000";
}

void set_fetching(const SourceOptions& options, ClientSettings& client) {
  constexpr std::size_t kMebibyte = 1u << 20;
  constexpr std::size_t kRoomForFraming = 16 * kMebibyte;
  const std::size_t prefetch = std::clamp(options.prefetch_bytes, kMebibyte, 1024 * kMebibyte);
  const std::size_t message = std::clamp(options.max_message_bytes, kMebibyte, 900 * kMebibyte);
  // The queue is looked at before a fetch, and what comes back unpacks to several times its
  // size. A response of many MiB would also be memory anew from the kernel each time.
  const std::size_t response = std::clamp(prefetch / 32, kMebibyte / 4, 2 * kMebibyte);
  const std::size_t partition = response / 2;
  client["queued.max.messages.kbytes"] = std::to_string(prefetch / 1024 * 3 / 4);
  // librdkafka keeps more than half a kibibyte of its own per queued message.
  client["queued.min.messages"] =
      std::to_string(std::clamp(prefetch / 1024, std::size_t{1000}, std::size_t{1'000'000}));
  client["fetch.message.max.bytes"] = std::to_string(partition);
  client["fetch.max.bytes"] = std::to_string(response);
  // A broker sends a first batch that is larger than both limits whole.
  client["message.max.bytes"] = std::to_string(std::min(response, kMebibyte));
  client["receive.message.max.bytes"] =
      std::to_string(std::max(message, response) + kRoomForFraming);
  client["fetch.wait.max.ms"] = "500";
  client["fetch.error.backoff.ms"] = "200";
}

Status set_login(const SourceSettings& settings, Authentication method, ClientSettings& client) {
  const Credentials none;
  const Credentials& given = settings.credentials ? *settings.credentials : none;
  switch (method) {
    case Authentication::plain: client["sasl.mechanisms"] = "PLAIN"; break;
    case Authentication::scram_sha_256: client["sasl.mechanisms"] = "SCRAM-SHA-256"; break;
    case Authentication::scram_sha_512: client["sasl.mechanisms"] = "SCRAM-SHA-512"; break;
    case Authentication::mutual_tls: return done();
    case Authentication::iam_role:
    case Authentication::iam_user:
      return bad_setting("source.kafka.authentication is " + std::string(wire_name(method)) +
                         ", which this version cannot do; use SCRAM-SHA-512 or MUTUAL_TLS");
  }
  const bool event_hubs = !given.connection_string.empty();
  client["sasl.username"] = event_hubs ? "$ConnectionString" : given.username;
  client["sasl.password"] = event_hubs ? given.connection_string : given.password;
  return done();
}

std::string_view protocol(Listener listener) {
  switch (listener) {
    case Listener::plaintext: return "plaintext";
    case Listener::ssl: return "ssl";
    case Listener::sasl_plaintext: return "sasl_plaintext";
    case Listener::sasl_ssl: break;
  }
  return "sasl_ssl";
}

Status set_security(const SourceSettings& settings, ClientSettings& client) {
  const Listener spoken = listener(settings);
  client["security.protocol"] = protocol(spoken);
  if (const auto method = login(settings)) PENSTOCK_OK(set_login(settings, *method, client));
  if (spoken == Listener::plaintext || spoken == Listener::sasl_plaintext) return done();
  if (!settings.ca_certificate.empty()) client["ssl.ca.pem"] = settings.ca_certificate;
  if (settings.credentials && !settings.credentials->certificate.empty()) {
    client["ssl.certificate.pem"] = settings.credentials->certificate;
    client["ssl.key.pem"] = settings.credentials->private_key;
  }
  return done();
}

}  // namespace

Result<ClientSettings> client_settings(const SourceOptions& options) {
  ClientSettings client;
  client["bootstrap.servers"] = joined(broker_addresses(options.settings));
  client["client.id"] = "penstock-" + options.pipe;
  client["group.id"] = consumer_group(options.settings, options.pipe);
  set_reading(options, client);
  set_fetching(options, client);
  PENSTOCK_OK(set_security(options.settings, client));
  for (const auto& [name, value] : options.client) {
    if (std::find(kOurs.begin(), kOurs.end(), name) != kOurs.end()) {
      return bad_setting("kafka." + name + " is set by Penstock itself; remove it");
    }
    client[name] = value;
  }
  return client;
}

std::chrono::milliseconds session_timeout(const ClientSettings& settings) {
  const std::string& text = settings.at("session.timeout.ms");
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::chrono::milliseconds(value);
}

}  // namespace penstock::kafka
