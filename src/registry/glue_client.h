#pragma once

#include <memory>
#include <string>

#include "registry/client.h"

namespace penstock::registry {

struct GlueSettings {
  std::string region;
  std::string registry_name;
  std::string schema_name;      // its latest version is for messages that name none; may be empty
  std::string endpoint;         // http(s)://host[:port]; empty: the region's public one
  std::string ca_certificates;  // PEM; empty: the system's
  Login login;                  // an AWS key
};

/// AWS Glue Schema Registry: GetSchemaVersion of the AWS Glue API.
std::unique_ptr<Client> make_glue_client(GlueSettings settings);

}  // namespace penstock::registry
