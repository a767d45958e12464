#include "model/column/fixed_text.h"

#include "model/column/type_literal.h"

namespace penstock {

Result<std::unique_ptr<Column>> make_fixed_text(const Type& type) {
  constexpr int kMostBytes = 0xFFFFFF;  // as ClickHouse
  PENSTOCK_TRY(width, literal_number(type, 0, 1, kMostBytes));
  return std::unique_ptr<Column>(
      std::make_unique<FixedTextColumn>(static_cast<std::size_t>(width)));
}

}  // namespace penstock
