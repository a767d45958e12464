#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/column.h"
#include "model/type.h"

namespace penstock {

/// What a column would send, read back by an independent reader of ClickHouse's
/// Native layout and printed, one text per row: 7, 'text', NULL, [1, 2],
/// {'a': 1}, (1, 'x'). Text on the outermost level goes without quotes.
///
/// Throws std::runtime_error when the bytes are not what the type asks for, or
/// are not used up.
std::vector<std::string> read_back(const Type& type, const Column& column);

/// Control characters and whatever is not UTF-8 become \n, \x00, \xff.
std::string printable(std::string_view text);

}  // namespace penstock
