#pragma once

#include <chrono>

#include "base/result.h"
#include "kafka/client.h"
#include "kafka/source.h"

namespace penstock::kafka {

/// How a pipe's source settings read in librdkafka's words: addresses, security,
/// group, fetch sizes. Errors: kafka.config for a `client` entry that is ours to
/// set, and for a login this client does not speak.
Result<ClientSettings> client_settings(const SourceOptions& options);

/// How long the group keeps a member it does not hear of, as these settings have it.
std::chrono::milliseconds session_timeout(const ClientSettings& settings);

}  // namespace penstock::kafka
