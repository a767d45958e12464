#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "registry/client.h"

namespace penstock::registry {

struct ConfluentSettings {
  std::string url;              // as registry/address.h reads it
  std::string ca_certificates;  // PEM; empty: the system's
  Login login;
};

/// A registry with Confluent's REST interface. References are fetched with the schema, and theirs.
/// Errors: pipe.document for a URL that is none of a registry.
Result<std::unique_ptr<Client>> make_confluent_client(ConfluentSettings settings);

}  // namespace penstock::registry
