#include "engine/schemas.h"

#include <optional>
#include <utility>

#include "registry/address.h"
#include "registry/confluent_client.h"
#include "registry/glue_client.h"

namespace penstock {
namespace {

Result<std::unique_ptr<registry::Client>> make_client(
    const kafka::SchemaRegistrySettings& settings) {
  if (settings.type == kafka::RegistryType::confluent) {
    return registry::make_confluent_client({.url = settings.url,
                                            .ca_certificates = settings.ca_certificate,
                                            .login = login_of(settings)});
  }
  return registry::make_glue_client({.region = settings.glue_region,
                                     .registry_name = settings.glue_registry_name,
                                     .schema_name = settings.glue_schema_name,
                                     .endpoint = settings.glue_endpoint,
                                     .ca_certificates = settings.ca_certificate,
                                     .login = login_of(settings)});
}

std::optional<RegisteredSchema> own_schema(const kafka::SourceSettings& settings) {
  if (!settings.avro_schema.empty()) {
    return RegisteredSchema{.type = SchemaType::avro, .text = settings.avro_schema, .imports = {}};
  }
  if (!settings.protobuf_schema.empty()) {
    return RegisteredSchema{
        .type = SchemaType::protobuf, .text = settings.protobuf_schema, .imports = {}};
  }
  return std::nullopt;
}

}  // namespace

registry::Login login_of(const kafka::SchemaRegistrySettings& settings) {
  const kafka::RegistryCredentials given =
      settings.credentials.value_or(kafka::RegistryCredentials{});
  return {.username = given.username,
          .password = given.password,
          .bearer_token = given.bearer_token,
          .certificate = given.certificate,
          .private_key = given.private_key,
          .access_key_id = given.access_key_id,
          .secret_key = given.secret_key,
          .session_token = given.session_token};
}

Result<std::shared_ptr<registry::RegistrySource>> make_schema_source(
    const kafka::SourceSettings& settings) {
  std::optional<RegisteredSchema> own = own_schema(settings);
  std::unique_ptr<registry::Client> client;
  if (settings.schema_registry) {
    PENSTOCK_TRY(made, make_client(*settings.schema_registry));
    client = std::move(made);
  }
  if (!client && !own) return std::shared_ptr<registry::RegistrySource>();
  return std::make_shared<registry::RegistrySource>(std::move(client), std::move(own));
}

Result<std::shared_ptr<SchemaSource>> make_topic_schema_source(kafka::SourceSettings settings,
                                                               const std::string& topic) {
  if (!settings.schema_registry) return std::shared_ptr<SchemaSource>();
  kafka::SchemaRegistrySettings& registry = *settings.schema_registry;
  if (registry.type == kafka::RegistryType::confluent) {
    PENSTOCK_TRY(url, registry::latest_of_subject(registry.url, topic + "-value"));
    registry.url = std::move(url);
  } else {
    registry.glue_schema_name = topic;
  }
  settings.avro_schema.clear();
  settings.protobuf_schema.clear();
  PENSTOCK_TRY(source, make_schema_source(settings));
  return std::shared_ptr<SchemaSource>(std::move(source));
}

}  // namespace penstock
