#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.h"
#include "clickhouse/error_rows.h"

namespace penstock {

/// Repairs messages with a command of the user's, run by /bin/sh once for each: the message is its
/// standard input, what it prints is the repaired message. The environment says more:
/// PENSTOCK_TOPIC, PENSTOCK_PARTITION, PENSTOCK_OFFSET, PENSTOCK_KEY, PENSTOCK_ERROR.
///
/// Returns nothing when the command exits other than 0: the message is to be left as it is.
/// Throws std::system_error when no process can be started.
std::optional<std::string> edit_message(const std::string& command,
                                        const clickhouse::ErrorRow& row);

}  // namespace penstock
