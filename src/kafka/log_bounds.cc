#include "kafka/log_bounds.h"

#include "kafka/assignment.h"
#include "kafka/client_settings.h"
#include "kafka/health.h"
#include "kafka/opening.h"
#include "kafka/start_offsets.h"

namespace penstock::kafka {

Result<std::vector<LogBounds>> find_log_bounds(SourceOptions options,
                                               std::chrono::milliseconds limit) {
  options.until = Until::caught_up;  // or nobody looks at the ends
  PENSTOCK_TRY(settings, client_settings(options));
  PENSTOCK_TRY(client, Client::make(settings));
  Health health(settings.at("bootstrap.servers"));
  Assignment assignment;
  PENSTOCK_OK(look_around(*client, options, health, assignment));

  std::vector<const Log*> logs;
  for (const Log& log : assignment.logs()) logs.push_back(&log);
  const OffsetSettings& strategy = options.settings.offset;
  PENSTOCK_TRY(begins, find_starts(*client, logs, strategy, StoredOffsets::ignore, limit));
  PENSTOCK_TRY(stored, find_starts(*client, logs, {}, StoredOffsets::use, limit));
  std::vector<LogBounds> bounds;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const Log& log = *logs[i];
    bounds.push_back({.topic = log.topic,
                      .partition = log.partition,
                      .begin = begins[i].offset,
                      .end = log.end,
                      .committed = {}});
    const std::int64_t committed = stored[i].stored.offset;
    if (committed != kUnknownOffset) bounds.back().committed = committed;
  }
  return bounds;
}

}  // namespace penstock::kafka
