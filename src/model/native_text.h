#pragma once

#include <string>
#include <vector>

#include "model/column.h"
#include "model/type.h"

namespace penstock {

/// What a column would send, read back from its Native bytes and printed as JSON, one
/// text per row: 7, "text", null, [1, 2], {"a": 1}. For people and tests, not for
/// the data path. Moments are in UTC.
std::vector<std::string> native_texts(const Type& type, const Column& column);

}  // namespace penstock
