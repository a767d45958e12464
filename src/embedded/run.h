#pragma once

#include "embedded/server.h"

namespace penstock::embedded {

/// `penstock clickhouse`: serves until SIGTERM or SIGINT. Prints one line with
/// the address to standard output when ready. Returns the exit code. Call it
/// on the main thread, before any other thread exists.
int run_clickhouse(const ServerOptions& options);

}  // namespace penstock::embedded
