#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kafka/schema_spec.h"

namespace penstock::spec {
template <class Config>
class Spec;
}

namespace penstock::kafka {

/// Who runs the cluster. Only documents and metrics care; all speak Kafka.
enum class ClusterType : std::uint8_t {
  kafka,
  redpanda,
  msk,
  gcmk,
  confluent,
  warpstream,
  azureeventhub,
  dokafka,
};

enum class MessageFormat : std::uint8_t { json_each_row, avro, avro_confluent, protobuf };

/// Where a consumer group without committed offsets begins.
enum class OffsetStrategy : std::uint8_t { from_beginning, from_latest, from_timestamp };

enum class Authentication : std::uint8_t {
  plain,
  scram_sha_256,
  scram_sha_512,
  iam_role,
  iam_user,
  mutual_tls,
};

/// What becomes of a record without a value; nothing when not given.
enum class TombstoneMode : std::uint8_t {
  soft_delete,  // a row that says so
  remove,       // the row of its key is deleted
};

/// How bytes travel to the brokers, in Kafka's own listener words.
enum class Listener : std::uint8_t { plaintext, ssl, sasl_plaintext, sasl_ssl };

/// `source.kafka.offset`.
struct OffsetSettings {
  OffsetStrategy strategy = OffsetStrategy::from_beginning;
  std::string timestamp;  // UTC, "2021-01-01T00:00" or with seconds; empty unless from_timestamp
};

/// `source.kafka.credentials`: which members are filled depends on `authentication`. All secret.
struct Credentials {
  std::string username;
  std::string password;
  std::string access_key_id;
  std::string secret_key;
  std::string connection_string;  // Azure Event Hubs
  std::string certificate;        // PEM
  std::string private_key;        // PEM
};

/// `source.kafka`, as written by the user. An empty string means "not given".
/// Read the derived facts through the functions below.
struct SourceSettings {
  ClusterType type = ClusterType::kafka;
  MessageFormat format = MessageFormat::json_each_row;
  std::string brokers;
  std::string topics;
  std::string consumer_group;
  OffsetSettings offset;
  std::optional<Authentication> authentication;
  std::optional<Credentials> credentials;
  std::string iam_role;
  std::string ca_certificate;  // PEM
  std::optional<SchemaRegistrySettings> schema_registry;
  std::string avro_schema;       // JSON
  std::string protobuf_schema;   // base64 of .proto source or a descriptor set
  std::string protobuf_message;  // what to read where the frame does not say
  OneOfColumns protobuf_one_of = OneOfColumns::tuple;
  bool protobuf_plain_indexes = false;
  std::vector<std::string> reverse_private_endpoint_ids;
  std::optional<bool> exactly_once;
  std::optional<TombstoneMode> tombstone_mode;
};

/// The one description of `source.kafka`; rules included.
const spec::Spec<SourceSettings>& source_spec();

/// "host:port" of every broker, listener prefix and blanks removed.
std::vector<std::string> broker_addresses(const SourceSettings& settings);

/// The listener named in `brokers`; otherwise what the rest implies: TLS when a certificate is
/// given or a login is used (as ClickPipes does), plaintext when there is neither.
Listener listener(const SourceSettings& settings);

/// The login in use: `authentication`, or PLAIN when only a username or a connection string is
/// given. None on listeners that take no login.
std::optional<Authentication> login(const SourceSettings& settings);

/// Every topic of the comma list, blanks removed, in order.
std::vector<std::string> topic_names(const SourceSettings& settings);

/// `consumerGroup`, or "penstock-<pipe name>" when none is given.
std::string consumer_group(const SourceSettings& settings, std::string_view pipe_name);

/// Milliseconds since 1970 UTC of offset.timestamp; none when it is empty or unreadable.
std::optional<std::int64_t> timestamp_ms(const OffsetSettings& offset);

/// The wire spelling, e.g. "SCRAM-SHA-256".
std::string_view wire_name(Authentication authentication);
std::string_view wire_name(MessageFormat format);
std::string_view wire_name(ClusterType type);

}  // namespace penstock::kafka
