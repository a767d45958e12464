#include "model/column/nullable.h"

#include "model/column/inner_type.h"
#include "model/column/type_literal.h"

namespace penstock {

void NullableColumn::truncate(std::size_t rows) {
  is_null_.shrink(rows);
  inner_->truncate(is_null_.size());
}

void NullableColumn::write_rows(NativeOutput& out) const {
  out.borrow(is_null_.data(), is_null_.size());
  inner_->write_rows(out);
}

void NullableColumn::append(const Column& from, std::size_t first, std::size_t count) {
  const auto& other = static_cast<const NullableColumn&>(from);
  is_null_.append(other.is_null_.data() + first, count);
  inner_->append(*other.inner_, first, count);
}

Result<std::unique_ptr<Column>> make_nullable(const Type& type) {
  PENSTOCK_TRY(inner, make_inner_column(type, 0, 1));
  const Shape shape = inner->shape();
  const Type& value = type.arguments.front();
  const bool is_wrapped = value.is("Nullable") || value.is("LowCardinality") || value.is("Dynamic");
  if ((shape != Shape::scalar && shape != Shape::record) || is_wrapped) {
    return unusable_type(type, "only scalar types and Tuple can be Nullable");
  }
  return std::unique_ptr<Column>(std::make_unique<NullableColumn>(std::move(inner)));
}

}  // namespace penstock
