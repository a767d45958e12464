#pragma once

#include <string_view>

#include "formats/json/client.h"

namespace penstock::json {

/// What is wrong with a JSON text, in words for the person who sent it.
std::string_view explain(simdjson::error_code error);

}  // namespace penstock::json
