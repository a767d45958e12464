#pragma once

#include "base/result.h"
#include "kafka/assignment.h"
#include "kafka/client.h"
#include "kafka/health.h"
#include "kafka/source.h"

namespace penstock::kafka {

/// Asks the cluster, before anything is read, which partitions our topics have and,
/// when the source is to drain, where they end now; notes both in `assignment`.
/// Blocks some seconds at most. Errors: those of make_source(); may be called again.
Status look_around(const Client& client, const SourceOptions& options, Health& health,
                   Assignment& assignment);

}  // namespace penstock::kafka
