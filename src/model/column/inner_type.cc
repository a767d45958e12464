#include "model/column/inner_type.h"

#include "model/column/type_literal.h"

namespace penstock {

Result<std::unique_ptr<Column>> make_inner_column(const Type& type, std::size_t index,
                                                  std::size_t arguments) {
  if (type.arguments.size() == arguments) return make_column(type.arguments[index]);
  return unusable_type(type, arguments == 1
                                 ? "one inner type is needed"
                                 : std::to_string(arguments) + " inner types are needed");
}

}  // namespace penstock
