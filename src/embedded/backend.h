#pragma once

#include <string>

#include "embedded/chdb.h"
#include "embedded/sessions.h"

namespace penstock::embedded {

/// What all requests share. Threads: any; only `sessions` changes.
struct Backend {
  Backend(const ChdbApi& functions, const std::string& path)
      : api(functions), sessions(api, path) {}

  const ChdbApi api;
  std::string user;  // empty: anybody may do anything
  std::string password;
  std::string version;    // of ClickHouse
  std::string time_zone;  // of the engine
  std::string host_name;
  Sessions sessions;
};

}  // namespace penstock::embedded
