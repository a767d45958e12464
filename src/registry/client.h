#pragma once

#include <memory>

#include "base/result.h"
#include "contract/schema_source.h"
#include "registry/login.h"

namespace penstock::registry {

/// Asks one registry, anew each time.
///
/// Threads: any; requests go one after the other. May block for a few seconds.
/// Errors: as contract/schema_source.h says.
class Client {
 public:
  virtual ~Client() = default;

  virtual Result<std::shared_ptr<const RegisteredSchema>> fetch(const SchemaName& name) = 0;

  /// For all requests from now on.
  virtual void set_login(Login login) = 0;
};

}  // namespace penstock::registry
