#include "kafka/schema_spec.h"

#include <fmt/format.h>

#include <array>
#include <span>

#include "kafka/spec.h"
#include "spec/spec.h"

namespace penstock::kafka {
namespace {

using spec::Choice;
using spec::Complaints;
using spec::Spec;

constexpr double kMostSchemaBytes = 1u << 20;

constexpr std::array kRegistryTypes = {
    Choice<RegistryType>{
        RegistryType::confluent, "confluent",
        "Confluent's REST interface, as Confluent, Redpanda, Karapace and Apicurio "
        "(/apis/ccompat/v7) offer it."},
    Choice<RegistryType>{RegistryType::glue, "glue", "AWS Glue Schema Registry."},
};

constexpr std::array kAuthentications = {
    Choice<RegistryAuthentication>{RegistryAuthentication::plain, "PLAIN",
                                   "User and password (HTTP Basic)."},
    Choice<RegistryAuthentication>{RegistryAuthentication::bearer, "BEARER", "A bearer token."},
    Choice<RegistryAuthentication>{RegistryAuthentication::mutual_tls, "MUTUAL_TLS",
                                   "A client certificate and its private key."},
    Choice<RegistryAuthentication>{RegistryAuthentication::iam_user, "IAM_USER",
                                   "An AWS access key."},
};

constexpr std::array kOneOfs = {
    Choice<OneOfColumns>{OneOfColumns::tuple, "tuple",
                         "A named Tuple, called like the oneof, of its fields."},
    Choice<OneOfColumns>{OneOfColumns::variant, "variant",
                         "A Variant, called like the oneof, of its fields' types."},
    Choice<OneOfColumns>{OneOfColumns::columns, "columns", "A column per field."},
};

const Spec<RegistryCredentials>& credentials_spec() {
  static const auto spec = [] {
    Spec<RegistryCredentials> s("credentials", "Login of the schema registry; all given is used.");
    s.field(&RegistryCredentials::username, "username", "User.").secret();
    s.field(&RegistryCredentials::password, "password", "Password.").secret();
    s.field(&RegistryCredentials::bearer_token, "bearerToken", "Token, instead of a user.")
        .secret();
    s.field(&RegistryCredentials::certificate, "certificate", "Client certificate, PEM.").secret();
    s.field(&RegistryCredentials::private_key, "privateKey", "Private key of the certificate, PEM.")
        .secret();
    s.field(&RegistryCredentials::access_key_id, "accessKeyId", "AWS access key.").secret();
    s.field(&RegistryCredentials::secret_key, "secretKey", "AWS secret key.").secret();
    s.field(&RegistryCredentials::session_token, "sessionToken",
            "Token that belongs to a temporary AWS key.")
        .secret();
    return s;
  }();
  return spec;
}

/// Adds a complaint about every key of `needed` that is empty.
struct Need {
  const std::string& value;
  std::string_view path;
};
void check_given(std::initializer_list<Need> needed, std::string_view by, Complaints& complaints) {
  for (const Need& need : needed) {
    if (need.value.empty()) {
      complaints.add(std::string(need.path), fmt::format("is required for {}", by));
    }
  }
}

void check_empty(std::initializer_list<Need> unused, std::string_view by, Complaints& complaints) {
  for (const Need& one : unused) {
    if (!one.value.empty()) {
      complaints.add(std::string(one.path), fmt::format("is for {} only; leave it out", by));
    }
  }
}

void check_type(const SchemaRegistrySettings& registry, Complaints& complaints) {
  if (registry.type == RegistryType::confluent) {
    check_given({{registry.url, "url"}}, "type confluent", complaints);
    check_empty({{registry.glue_region, "glueRegion"},
                 {registry.glue_registry_name, "glueRegistryName"},
                 {registry.glue_schema_name, "glueSchemaName"},
                 {registry.glue_role_arn, "glueRoleArn"},
                 {registry.glue_endpoint, "glueEndpoint"}},
                "type glue", complaints);
    return;
  }
  const RegistryCredentials given = registry.credentials.value_or(RegistryCredentials{});
  check_empty({{registry.url, "url"}}, "type confluent", complaints);
  check_given({{registry.glue_region, "glueRegion"},
               {registry.glue_registry_name, "glueRegistryName"},
               {given.access_key_id, "credentials.accessKeyId"},
               {given.secret_key, "credentials.secretKey"}},
              "type glue", complaints);
  if (!registry.glue_role_arn.empty()) {
    complaints.add("glueRoleArn", "is not supported yet, give an access key in credentials");
  }
}

void check_registry_login(const SchemaRegistrySettings& registry, Complaints& complaints) {
  const RegistryCredentials given = registry.credentials.value_or(RegistryCredentials{});
  // Official clients send PLAIN with an empty user where there is none.
  const bool no_user = given.username.empty() && given.password.empty();
  if (!no_user) check_given({{given.username, "credentials.username"}}, "PLAIN", complaints);
  if (!given.username.empty() && !given.bearer_token.empty()) {
    complaints.add("credentials.bearerToken", "cannot be given beside username; keep one of them");
  }
  if (given.certificate.empty() != given.private_key.empty()) {
    check_given({{given.certificate, "credentials.certificate"},
                 {given.private_key, "credentials.privateKey"}},
                "a client certificate", complaints);
  }
  using enum RegistryAuthentication;
  if (registry.authentication == bearer) {
    check_given({{given.bearer_token, "credentials.bearerToken"}}, "BEARER", complaints);
  } else if (registry.authentication == mutual_tls) {
    check_given({{given.certificate, "credentials.certificate"}}, "MUTUAL_TLS", complaints);
  } else if (registry.authentication == iam_user && registry.type != RegistryType::glue) {
    complaints.add("authentication", "IAM_USER is for type glue only; use PLAIN, BEARER or none");
  }
}

void check_url(const SchemaRegistrySettings& registry, Complaints& complaints) {
  const std::string_view url = registry.url;
  const auto host = url.find("://");
  if (host == url.npos) return;
  const std::string_view authority = url.substr(host + 3, url.find('/', host + 3) - host - 3);
  if (authority.find('@') != authority.npos) {
    complaints.add("url", "must hold no user; use credentials.username and credentials.password");
  } else if (url.find_first_of("?#") != url.npos) {
    complaints.add("url", "must have no query");
  }
}

}  // namespace

const Spec<SchemaRegistrySettings>& schema_registry_spec() {
  using Settings = SchemaRegistrySettings;
  static const auto spec = [] {
    Spec<Settings> s("schemaRegistry", "Where message schemas are kept.");
    s.choice<RegistryType>(&Settings::type, "type", kRegistryTypes, "Which interface it speaks.");
    s.field(
         &Settings::url, "url",
         "Address of the registry. With `/schemas/ids/<id>` or "
         "`/subjects/<subject>[/versions/<version>|latest]` behind it, that schema is for messages "
         "that name none; it is looked up when the pipe starts.")
        .example("https://registry.example.com")
        .pattern("https?://.+", "an http:// or https:// address");
    s.choice(&Settings::authentication, "authentication",
             std::span<const Choice<RegistryAuthentication>>(kAuthentications),
             "How to log in; what `credentials` hold is used in any case.");
    s.object(&Settings::credentials, "credentials", credentials_spec(), "Login of the registry.");
    s.field(&Settings::ca_certificate, "caCertificate",
            "PEM certificates the registry's own is checked against.");
    s.field(&Settings::glue_region, "glueRegion", "AWS region.").example("eu-central-1");
    s.field(&Settings::glue_registry_name, "glueRegistryName", "Name of the registry in AWS Glue.");
    s.field(&Settings::glue_schema_name, "glueSchemaName",
            "Schema whose latest version is for messages that name none; looked up when the pipe "
            "starts.");
    s.field(&Settings::glue_role_arn, "glueRoleArn", "ARN of the role to take on.");
    s.field(&Settings::glue_endpoint, "glueEndpoint",
            "Address of AWS Glue where it is not the region's public one.")
        .pattern("https?://[^/?#]+/?", "http(s)://host[:port]")
        .advanced();
    s.rule(check_type);
    s.rule(check_registry_login);
    s.rule(check_url);
    return s;
  }();
  return spec;
}

void describe_schema_fields(Spec<SourceSettings>& s) {
  s.object(&SourceSettings::schema_registry, "schemaRegistry", schema_registry_spec(),
           "Where message schemas are kept.")
      .group("schema");
  s.field(&SourceSettings::avro_schema, "avroSchema",
          "Schema (JSON) of messages that neither carry one nor name one.")
      .range(1, kMostSchemaBytes)
      .group("schema");
  s.field(&SourceSettings::protobuf_schema, "protobufSchema",
          "Base64 of .proto source or of a FileDescriptorSet (`protoc --include_imports -o`), "
          "instead of a registry.")
      .range(1, kMostSchemaBytes)
      .group("schema");
  s.field(&SourceSettings::protobuf_message, "protobufMessage",
          "Message type to read where the frame does not say; the first of the schema when not "
          "given.")
      .example("shop.v1.Order")
      .group("schema");
  s.choice<OneOfColumns>(
       &SourceSettings::protobuf_one_of, "protobufOneOf", kOneOfs,
       "What a proposed table has for a `oneof`; a table that exists decides by its columns.")
      .group("schema");
  s.field(&SourceSettings::protobuf_plain_indexes, "protobufPlainIndexes",
          "Message indexes are plain varints, as confluent-kafka-python wrote them before 1.8.")
      .group("schema")
      .advanced();
}

void check_schemas(const SourceSettings& settings, Complaints& complaints) {
  const MessageFormat format = settings.format;
  const bool is_avro = format == MessageFormat::avro || format == MessageFormat::avro_confluent;
  const bool has_registry = settings.schema_registry.has_value();
  if (format == MessageFormat::avro_confluent && !has_registry) {
    complaints.add("schemaRegistry", "is required for AvroConfluent");
  }
  if (format == MessageFormat::avro && has_registry) {
    complaints.add("schemaRegistry", "is not used by Avro; set format to AvroConfluent");
  }
  if (!is_avro) check_empty({{settings.avro_schema, "avroSchema"}}, "Avro", complaints);
  if (format != MessageFormat::protobuf) {
    check_empty({{settings.protobuf_schema, "protobufSchema"},
                 {settings.protobuf_message, "protobufMessage"}},
                "Protobuf", complaints);
  } else if (has_registry && !settings.protobuf_schema.empty()) {
    complaints.add("protobufSchema", "cannot be given beside schemaRegistry; keep one of them");
  } else if (!has_registry && settings.protobuf_schema.empty()) {
    complaints.add("protobufSchema", "or schemaRegistry is required for Protobuf");
  }
}

}  // namespace penstock::kafka
