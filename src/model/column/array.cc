#include "model/column/array.h"

#include "model/column/inner_type.h"
#include "model/column/tuple.h"

namespace penstock {

void RowEnds::append(const RowEnds& from, std::size_t first, std::size_t count) {
  const std::uint64_t shift = begin(rows()) - from.begin(first);
  std::uint64_t* const ours = ends_.room(count);
  const std::uint64_t* const theirs = from.ends_.data() + first;
  for (std::size_t row = 0; row < count; ++row) ours[row] = theirs[row] + shift;
  ends_.grow(count);
}

void ArrayColumn::truncate(std::size_t rows) {
  ends_.truncate(rows);
  elements_->truncate(ends_.begin(ends_.rows()));
}

void ArrayColumn::write_rows(NativeOutput& out) const {
  ends_.write(out);
  elements_->write_rows(out);
}

void ArrayColumn::append(const Column& from, std::size_t first, std::size_t count) {
  const auto& other = static_cast<const ArrayColumn&>(from);
  const std::size_t begin = other.ends_.begin(first);
  const std::size_t end = other.ends_.begin(first + count);
  ends_.append(other.ends_, first, count);
  elements_->append(*other.elements_, begin, end - begin);
}

Result<std::unique_ptr<Column>> make_array(const Type& type) {
  PENSTOCK_TRY(elements, make_inner_column(type, 0, 1));
  return std::unique_ptr<Column>(std::make_unique<ArrayColumn>(std::move(elements)));
}

Result<std::unique_ptr<Column>> make_nested(const Type& type) {
  PENSTOCK_TRY(elements, make_tuple_column(type));
  return std::unique_ptr<Column>(std::make_unique<ArrayColumn>(std::move(elements)));
}

}  // namespace penstock
