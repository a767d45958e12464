#include "registry/glue_client.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "registry/connection.h"
#include "registry/errors.h"
#include "registry/schema_type.h"

namespace penstock::registry {
namespace {

constexpr const char* kService = "glue";

std::string endpoint_of(const GlueSettings& settings) {
  std::string endpoint = settings.endpoint;
  while (endpoint.ends_with('/')) endpoint.pop_back();
  if (!endpoint.empty()) return endpoint;
  const char* china = settings.region.starts_with("cn-") ? ".cn" : "";
  return fmt::format("https://glue.{}.amazonaws.com{}", settings.region, china);
}

/// None for anything but {"SchemaDefinition": …, "DataFormat": …}.
std::optional<RegisteredSchema> read_answer(std::string_view text) {
  const auto parsed = nlohmann::json::parse(text, nullptr, false);
  if (!parsed.is_object()) return std::nullopt;
  const auto definition = parsed.find("SchemaDefinition");
  const auto format = parsed.find("DataFormat");
  if (definition == parsed.end() || !definition->is_string() || format == parsed.end() ||
      !format->is_string()) {
    return std::nullopt;
  }
  const auto type = schema_type(format->get_ref<const std::string&>());
  if (!type) return std::nullopt;
  return RegisteredSchema{.type = *type, .text = definition->get<std::string>(), .imports = {}};
}

class GlueClient final : public Client {
 public:
  explicit GlueClient(GlueSettings settings)
      : connection_(endpoint_of(settings), settings.ca_certificates, settings.login),
        region_(std::move(settings.region)),
        registry_name_(std::move(settings.registry_name)),
        schema_name_(std::move(settings.schema_name)) {}

  Result<std::shared_ptr<const RegisteredSchema>> fetch(const SchemaName& name) override {
    const std::string wanted = fmt::format("schema {} at {}", to_string(name), connection_.url());
    PENSTOCK_TRY(body, body_for(name, wanted));
    const http::Answer answer =
        connection_.post_signed({.headers = {"Content-Type: application/x-amz-json-1.1",
                                             "X-Amz-Target: AWSGlue.GetSchemaVersion"},
                                 .text = body},
                                region_, kService);
    if (answer.outcome != http::Outcome::answered || answer.status != 200) {
      return refusal_error(answer, wanted);
    }
    auto schema = read_answer(answer.text);
    if (!schema) return bad_answer(wanted, "the answer is no schema");
    return std::make_shared<const RegisteredSchema>(std::move(*schema));
  }

  void set_login(Login login) override { connection_.set_login(std::move(login)); }

 private:
  Result<std::string> body_for(const SchemaName& name, const std::string& wanted) const {
    if (const auto* version = std::get_if<SchemaVersionId>(&name)) {
      return nlohmann::json{{"SchemaVersionId", spelled(version->value)}}.dump();
    }
    if (!std::holds_alternative<ConfiguredSchema>(name)) {
      return unknown_schema(wanted, "the message is framed for Confluent's registry, this is not");
    }
    if (schema_name_.empty()) {
      return unknown_schema(wanted, "the message names no schema, and neither does the pipe");
    }
    return nlohmann::json{
        {"SchemaId", {{"RegistryName", registry_name_}, {"SchemaName", schema_name_}}},
        {"SchemaVersionNumber", {{"LatestVersion", true}}}}
        .dump();
  }

  Connection connection_;
  const std::string region_;
  const std::string registry_name_;
  const std::string schema_name_;
};

}  // namespace

std::unique_ptr<Client> make_glue_client(GlueSettings settings) {
  return std::make_unique<GlueClient>(std::move(settings));
}

}  // namespace penstock::registry
