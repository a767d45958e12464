#pragma once

#include <cstddef>
#include <memory>

#include "model/column.h"
#include "model/type.h"

namespace penstock {

/// The column for the argument `index` of a type that must have `arguments` of
/// them. Errors: pipe.mapping.
Result<std::unique_ptr<Column>> make_inner_column(const Type& type, std::size_t index,
                                                  std::size_t arguments);

}  // namespace penstock
