#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace penstock::spec {
template <class Config>
class Spec;
class Complaints;
}  // namespace penstock::spec

namespace penstock::kafka {

struct SourceSettings;

/// Which interface a registry speaks.
enum class RegistryType : std::uint8_t { confluent, glue };

enum class RegistryAuthentication : std::uint8_t { plain, bearer, mutual_tls, iam_user };

/// `source.kafka.schemaRegistry.credentials`: whatever is given is used. All secret.
struct RegistryCredentials {
  std::string username;
  std::string password;
  std::string bearer_token;
  std::string certificate;  // PEM
  std::string private_key;  // PEM
  std::string access_key_id;
  std::string secret_key;
  std::string session_token;
};

/// `source.kafka.schemaRegistry`. An empty string means "not given".
struct SchemaRegistrySettings {
  RegistryType type = RegistryType::confluent;
  std::string url;
  std::optional<RegistryAuthentication> authentication;
  std::optional<RegistryCredentials> credentials;
  std::string ca_certificate;  // PEM
  std::string glue_region;
  std::string glue_registry_name;
  std::string glue_schema_name;
  std::string glue_role_arn;
  std::string glue_endpoint;
};

/// What a Protobuf `oneof` becomes.
enum class OneOfColumns : std::uint8_t { tuple, variant, columns };

/// The one description of `source.kafka.schemaRegistry`; rules included.
const spec::Spec<SchemaRegistrySettings>& schema_registry_spec();

/// Describes the keys that say which schemas messages are read with.
void describe_schema_fields(spec::Spec<SourceSettings>& spec);

/// Format, registry and the document's own schemas fit together.
void check_schemas(const SourceSettings& settings, spec::Complaints& complaints);

}  // namespace penstock::kafka
