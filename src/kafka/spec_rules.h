#pragma once

#include "kafka/spec.h"
#include "spec/findings.h"

namespace penstock::kafka {

/// The rules of `source.kafka` over several fields, run by source_spec(). Offline.

/// from_timestamp comes with a readable timestamp, the others with none.
void check_offset(const OffsetSettings& offset, spec::Complaints& complaints);
/// Each broker is [LISTENER://]host[:port], all with the same listener.
void check_brokers(const SourceSettings& settings, spec::Complaints& complaints);
/// Each topic has a name Kafka allows, and none is named twice.
void check_topics(const SourceSettings& settings, spec::Complaints& complaints);
/// Authentication, credentials and listener fit together.
void check_login(const SourceSettings& settings, spec::Complaints& complaints);
/// Says of what the wire allows and Penstock cannot do yet, that it cannot.
void check_supported(const SourceSettings& settings, spec::Complaints& complaints);

}  // namespace penstock::kafka
