#pragma once

#include <string_view>

#include "formats/json/client.h"

namespace penstock::json {

// What is wrong with a JSON text, in words for the person who sent it.
inline constexpr std::string_view kOnlyBlanks = "there is nothing but blanks";
inline constexpr std::string_view kNotClosed = "it does not end with its closing bracket";
inline constexpr std::string_view kMisplaced =
    "a comma, colon, key or bracket is missing or out of place";

std::string_view explain(simdjson::error_code error);

}  // namespace penstock::json
