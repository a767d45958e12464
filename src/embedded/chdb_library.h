#pragma once

#include <string>

#include "base/result.h"
#include "embedded/chdb_api.h"

namespace penstock::embedded {

/// Loads libchdb.so and resolves ChdbApi. `path` names the file; empty: the
/// environment's PENSTOCK_LIBCHDB, then the cache of `make setup` at or above
/// the executable, the executable's own folder, /usr/lib and /usr/local/lib.
/// The library stays loaded until the process ends: it cannot be unloaded.
Result<ChdbApi> load_chdb(const std::string& path);

}  // namespace penstock::embedded
