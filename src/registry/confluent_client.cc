#include "registry/confluent_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "http/url.h"
#include "registry/address.h"
#include "registry/connection.h"
#include "registry/errors.h"
#include "registry/schema_type.h"

namespace penstock::registry {
namespace {

constexpr std::size_t kMostImports = 1000;
constexpr std::size_t kDeepestImport = 64;

struct Reference {
  std::string name;
  std::string subject;
  int version = 0;
};

/// One schema as the registry answers it.
struct Answered {
  SchemaType type = SchemaType::avro;
  std::string text;
  std::vector<Reference> references;
};

std::optional<Reference> read_reference(const nlohmann::json& from) {
  if (!from.is_object()) return std::nullopt;
  const auto text = [&](const char* key) {
    const auto found = from.find(key);
    return found != from.end() && found->is_string() ? found->get<std::string>() : "";
  };
  const auto version = from.find("version");
  Reference reference{text("name"), text("subject"), 0};
  if (reference.name.empty() || reference.subject.empty() || version == from.end() ||
      !version->is_number_integer()) {
    return std::nullopt;
  }
  reference.version = version->get<int>();
  return reference;
}

/// None for anything but {"schema": …, "schemaType": …, "references": […]}; the type is left out
/// for Avro.
std::optional<Answered> read_answer(std::string_view text) {
  const auto parsed = nlohmann::json::parse(text, nullptr, false);
  if (!parsed.is_object()) return std::nullopt;
  const auto schema = parsed.find("schema");
  if (schema == parsed.end() || !schema->is_string()) return std::nullopt;
  Answered answered{.text = schema->get<std::string>()};
  if (const auto type = parsed.find("schemaType"); type != parsed.end() && type->is_string()) {
    const auto known = schema_type(type->get_ref<const std::string&>());
    if (!known) return std::nullopt;
    answered.type = *known;
  }
  const auto references = parsed.find("references");
  if (references == parsed.end() || !references->is_array()) return answered;
  for (const auto& item : *references) {
    auto reference = read_reference(item);
    if (!reference) return std::nullopt;
    answered.references.push_back(std::move(*reference));
  }
  return answered;
}

class ConfluentClient final : public Client {
 public:
  ConfluentClient(Address address, ConfluentSettings settings)
      : connection_(std::move(address.base), std::move(settings.ca_certificates),
                    std::move(settings.login)),
        configured_(std::move(address.configured)) {}

  Result<std::shared_ptr<const RegisteredSchema>> fetch(const SchemaName& name) override {
    const std::string wanted = fmt::format("schema {} at {}", to_string(name), connection_.url());
    PENSTOCK_TRY(path, path_of(name, wanted));
    PENSTOCK_TRY(answered, ask(path, wanted, std::holds_alternative<SchemaGuid>(name)));
    auto schema = std::make_shared<RegisteredSchema>();
    schema->type = answered.type;
    schema->text = std::move(answered.text);
    PENSTOCK_OK(add_imports(answered.references, 1, wanted, *schema));
    return std::shared_ptr<const RegisteredSchema>(std::move(schema));
  }

  void set_login(Login login) override { connection_.set_login(std::move(login)); }

 private:
  Result<std::string> path_of(const SchemaName& name, const std::string& wanted) const {
    if (const auto* id = std::get_if<SchemaId>(&name)) {
      return fmt::format("/schemas/ids/{}", id->value);
    }
    if (const auto* guid = std::get_if<SchemaGuid>(&name)) {
      return "/schemas/guids/" + spelled(*guid);
    }
    if (std::holds_alternative<SchemaVersionId>(name)) {
      return unknown_schema(wanted, "the message is framed for AWS Glue, the registry is not that");
    }
    if (configured_.empty()) {
      return unknown_schema(wanted, "the message names no schema, and neither does the pipe");
    }
    return configured_;
  }

  Result<Answered> ask(const std::string& path, const std::string& wanted, bool by_guid) {
    const http::Answer answer = connection_.get(path);
    if (answer.outcome == http::Outcome::answered && answer.status == 404 && by_guid) {
      // Registries before Confluent's 8 have no such path, which must not stop the pipe.
      return unknown_schema(wanted, "the registry has no such GUID, or cannot look up by GUID");
    }
    if (answer.outcome != http::Outcome::answered || answer.status != 200) {
      return refusal_error(answer, wanted);
    }
    auto answered = read_answer(answer.text);
    if (!answered) return bad_answer(wanted, "the answer is no schema");
    return std::move(*answered);
  }

  /// Adds what `references` name and what those refer to, each name once, the innermost first.
  /// A reference to a schema it is itself part of ends at the depth limit.
  Status add_imports(const std::vector<Reference>& references, std::size_t depth,
                     const std::string& wanted, RegisteredSchema& into) {
    if (depth > kDeepestImport || into.imports.size() > kMostImports) {
      return unknown_schema(wanted, "its references go round in circles or are too many");
    }
    for (const Reference& reference : references) {
      const auto is_same = [&](const auto& import) { return import.name == reference.name; };
      if (std::ranges::any_of(into.imports, is_same)) continue;
      const std::string path = fmt::format("/subjects/{}/versions/{}?deleted=true",
                                           http::escaped(reference.subject), reference.version);
      const std::string whom = fmt::format("{}, which refers to subject {} version {}", wanted,
                                           reference.subject, reference.version);
      PENSTOCK_TRY(answered, ask(path, whom, false));
      PENSTOCK_OK(add_imports(answered.references, depth + 1, wanted, into));
      if (std::ranges::any_of(into.imports, is_same)) continue;
      into.imports.push_back({reference.name, std::move(answered.text)});
    }
    return done();
  }

  Connection connection_;
  const std::string configured_;
};

}  // namespace

Result<std::unique_ptr<Client>> make_confluent_client(ConfluentSettings settings) {
  PENSTOCK_TRY(address, parse_address(settings.url));
  return std::unique_ptr<Client>(
      std::make_unique<ConfluentClient>(std::move(address), std::move(settings)));
}

}  // namespace penstock::registry
