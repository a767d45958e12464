#pragma once

#include <string>
#include <string_view>

#include "model/native_cursor.h"
#include "model/type.h"

namespace penstock {

/// The next value of a type without inner values, as JSON: numbers bare, all else in
/// quotes. Moments are in UTC whatever the column's time zone: that is what travels.
std::string read_scalar_text(const Type& type, NativeCursor& from);

/// Text as a JSON string. Bytes that are not UTF-8 are spelled \u0080 to \u00ff, one by one.
std::string json_string(std::string_view text);

}  // namespace penstock
