#pragma once

// The one place that includes simdjson; private to formats/json.
//
// Its own checks of how we call it follow the optimiser level by default and
// change the parser's layout: settle them for every file alike.
#define SIMDJSON_DEVELOPMENT_CHECKS 0
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

namespace penstock::json {
namespace ondemand = simdjson::ondemand;
}  // namespace penstock::json
