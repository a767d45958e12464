#pragma once

#include <string_view>

#include "base/result.h"
#include "model/type.h"

namespace penstock {

/// The type's literal number `index`, from `least` to `most` inclusive: the 9 of
/// Decimal(9, 2). Errors: pipe.mapping, naming the type.
Result<int> literal_number(const Type& type, std::size_t index, int least, int most);

/// pipe.mapping: "the type … cannot be used: <reason>".
Error unusable_type(const Type& type, std::string_view reason);

}  // namespace penstock
