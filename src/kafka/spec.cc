#include "kafka/spec.h"

#include <array>
#include <span>

#include "kafka/spec_rules.h"
#include "spec/spec.h"

namespace penstock::kafka {
namespace {

using spec::Choice;
using spec::Spec;

constexpr std::array kClusterTypes = {
    Choice<ClusterType>{ClusterType::kafka, "kafka", "Apache Kafka, wherever it runs."},
    Choice<ClusterType>{ClusterType::redpanda, "redpanda", "Redpanda."},
    Choice<ClusterType>{ClusterType::msk, "msk", "Amazon MSK."},
    Choice<ClusterType>{ClusterType::gcmk, "gcmk", "Google Cloud Managed Service for Kafka."},
    Choice<ClusterType>{ClusterType::confluent, "confluent", "Confluent Cloud or Platform."},
    Choice<ClusterType>{ClusterType::warpstream, "warpstream", "WarpStream."},
    Choice<ClusterType>{ClusterType::azureeventhub, "azureeventhub", "Azure Event Hubs."},
    Choice<ClusterType>{ClusterType::dokafka, "dokafka", "DigitalOcean Managed Kafka."},
};

constexpr std::array kFormats = {
    Choice<MessageFormat>{MessageFormat::json_each_row, "JSONEachRow",
                          "One JSON object a message, or several: a row each."},
    Choice<MessageFormat>{
        MessageFormat::avro, "Avro",
        "Avro: one datum of `avroSchema`, or a container file with its own schema."},
    Choice<MessageFormat>{MessageFormat::avro_confluent, "AvroConfluent",
                          "Avro whose schema is kept in `schemaRegistry`."},
    Choice<MessageFormat>{MessageFormat::protobuf, "Protobuf",
                          "Protocol Buffers, with `protobufSchema` or `schemaRegistry`."},
};

constexpr std::array kTombstoneModes = {
    Choice<TombstoneMode>{TombstoneMode::soft_delete, "soft_delete",
                          "Writes a row with 1 in the column mapped to `_is_deleted`, which other "
                          "rows have 0 in, and the fields of the key: of a JSON object by their "
                          "names, of other keys what is mapped to `_key`."},
    Choice<TombstoneMode>{TombstoneMode::remove, "delete", "Deletes the row; not supported yet."},
};

constexpr std::array kStrategies = {
    Choice<OffsetStrategy>{OffsetStrategy::from_beginning, "from_beginning",
                           "Everything the topic still holds."},
    Choice<OffsetStrategy>{OffsetStrategy::from_latest, "from_latest",
                           "Only what arrives after the first start."},
    Choice<OffsetStrategy>{OffsetStrategy::from_timestamp, "from_timestamp",
                           "Everything from `timestamp` on."},
};

constexpr std::array kAuthentications = {
    Choice<Authentication>{Authentication::plain, "PLAIN", "SASL user and password."},
    Choice<Authentication>{Authentication::scram_sha_256, "SCRAM-SHA-256",
                           "SASL user and password, never sent as they are."},
    Choice<Authentication>{Authentication::scram_sha_512, "SCRAM-SHA-512",
                           "As SCRAM-SHA-256, with the longer hash."},
    Choice<Authentication>{Authentication::iam_role, "IAM_ROLE", "An AWS role, see `iamRole`."},
    Choice<Authentication>{Authentication::iam_user, "IAM_USER", "An AWS access key."},
    Choice<Authentication>{Authentication::mutual_tls, "MUTUAL_TLS",
                           "A client certificate and its private key."},
};

const Spec<OffsetSettings>& offset_spec() {
  static const auto spec = [] {
    Spec<OffsetSettings> s("offset", "Where a consumer group without committed offsets begins.");
    s.choice<OffsetStrategy>(&OffsetSettings::strategy, "strategy", kStrategies, "How to begin.");
    s.field(&OffsetSettings::timestamp, "timestamp",
            "UTC time to begin at, to the minute or second.")
        .example("2021-01-01T00:00");
    s.rule(check_offset);
    return s;
  }();
  return spec;
}

const Spec<Credentials>& credentials_spec() {
  static const auto spec = [] {
    Spec<Credentials> s("credentials", "What the chosen `authentication` needs.");
    s.field(&Credentials::username, "username", "SASL user.").secret();
    s.field(&Credentials::password, "password", "SASL password.").secret();
    s.field(&Credentials::access_key_id, "accessKeyId", "AWS access key.").secret();
    s.field(&Credentials::secret_key, "secretKey", "AWS secret key.").secret();
    s.field(&Credentials::connection_string, "connectionString",
            "Azure Event Hubs connection string, instead of user and password.")
        .secret();
    s.field(&Credentials::certificate, "certificate", "Client certificate, PEM.").secret();
    s.field(&Credentials::private_key, "privateKey", "Private key of the certificate, PEM.")
        .secret();
    return s;
  }();
  return spec;
}

void describe_topic_fields(Spec<SourceSettings>& s) {
  s.choice<ClusterType>(&SourceSettings::type, "type", kClusterTypes, "Who runs the cluster.");
  s.choice<MessageFormat>(&SourceSettings::format, "format", kFormats, "What a message holds.")
      .required();
  s.field(&SourceSettings::brokers, "brokers",
          "Comma list of host:port to learn the cluster from. Each may name its listener "
          "(PLAINTEXT://, SSL://, SASL_PLAINTEXT://, SASL_SSL://), the same for all.")
      .required()
      .example("PLAINTEXT://broker-1:9092,PLAINTEXT://broker-2:9092");
  s.field(&SourceSettings::topics, "topics", "Comma list of topics, all into the same table.")
      .required()
      .example("orders")
      .suggest("kafka.topics");
  s.field(&SourceSettings::consumer_group, "consumerGroup",
          "Consumer group; `penstock-<name of the pipe>` when not given.")
      .range(1, 249);
  s.object(&SourceSettings::offset, "offset", offset_spec(),
           "Where a consumer group without committed offsets begins.");
}

void describe_security_fields(Spec<SourceSettings>& s) {
  s.choice(&SourceSettings::authentication, "authentication",
           std::span<const Choice<Authentication>>(kAuthentications), "How to log in.")
      .group("security");
  s.object(&SourceSettings::credentials, "credentials", credentials_spec(),
           "What the chosen `authentication` needs.")
      .group("security");
  s.field(&SourceSettings::iam_role, "iamRole", "ARN of the role for IAM_ROLE.").group("security");
  s.field(&SourceSettings::ca_certificate, "caCertificate",
          "PEM certificates the brokers' own are checked against; the system's when not given.")
      .group("security");
  s.field(&SourceSettings::reverse_private_endpoint_ids, "reversePrivateEndpointIds",
          "Kept for documents made for ClickPipes; Penstock connects directly.")
      .advanced();
  s.choice(&SourceSettings::tombstone_mode, "tombstoneMode",
           std::span<const Choice<TombstoneMode>>(kTombstoneModes),
           "What a message without a value does; nothing when not given.");
  s.field(
       &SourceSettings::exactly_once, "exactlyOnce",
       "Store each record exactly once, whatever happens; the pipe does not start where the table "
       "cannot honour that. When not given, on wherever it can. With `false`, at least once.")
      .advanced();
}

}  // namespace

const Spec<SourceSettings>& source_spec() {
  static const auto spec = [] {
    Spec<SourceSettings> s("kafka", "Reads records from Kafka topics.");
    describe_topic_fields(s);
    describe_security_fields(s);
    describe_schema_fields(s);
    s.rule(check_brokers);
    s.rule(check_topics);
    s.rule(check_login);
    s.rule(check_schemas);
    s.rule(check_supported);
    return s;
  }();
  return spec;
}

std::string_view wire_name(Authentication authentication) {
  return spec::name_of<Authentication>(kAuthentications, authentication);
}

std::string_view wire_name(MessageFormat format) {
  return spec::name_of<MessageFormat>(kFormats, format);
}

std::string_view wire_name(ClusterType type) {
  return spec::name_of<ClusterType>(kClusterTypes, type);
}

}  // namespace penstock::kafka
