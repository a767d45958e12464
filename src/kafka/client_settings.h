#pragma once

#include "base/result.h"
#include "kafka/client.h"
#include "kafka/source.h"

namespace penstock::kafka {

/// How a pipe's source settings read in librdkafka's words: addresses, security,
/// group, fetch sizes. Errors: kafka.config for a `client` entry that is ours to
/// set, and for a login this client does not speak.
Result<ClientSettings> client_settings(const SourceOptions& options);

}  // namespace penstock::kafka
