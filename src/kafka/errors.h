#pragma once

#include <string>

#include "base/error.h"

namespace penstock::kafka {

/// Our error for librdkafka's or a broker's code (rd_kafka_resp_err_t). `what`
/// says what was tried and what was found. A code that is not in the table becomes
/// kafka.client with Recovery::retry: unknown never gives anything up.
Error error_of(int code, std::string what);

/// As above, with Kafka's own words for the code behind `what`.
Error failed_to(std::string what, int code);

/// True for refusals that say "you are no longer (or not yet) in the group's
/// present generation": the rebalance that follows sorts it out.
bool is_generation_change(int code);

}  // namespace penstock::kafka
