#include "contract/schema_source.h"

#include <fmt/format.h>

namespace penstock {
namespace {

struct Speller {
  std::string operator()(ConfiguredSchema) const { return "the configured schema"; }
  std::string operator()(SchemaId id) const { return fmt::format("id {}", id.value); }
  std::string operator()(const SchemaGuid& guid) const { return "GUID " + spelled(guid); }
  std::string operator()(const SchemaVersionId& id) const { return "version " + spelled(id.value); }
};

}  // namespace

std::string spelled(const SchemaGuid& guid) {
  std::string text;
  for (std::size_t i = 0; i < guid.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", std::to_integer<unsigned>(guid[i]));
  }
  return text;
}

std::string to_string(const SchemaName& name) { return std::visit(Speller{}, name); }

}  // namespace penstock
