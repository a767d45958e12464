#include "model/column/tuple.h"

#include <algorithm>
#include <utility>

#include "model/column/type_literal.h"

namespace penstock {

int TupleColumn::child_index(std::string_view name) const noexcept {
  const auto found = std::ranges::find(names_, name);
  return found == names_.end() ? -1 : static_cast<int>(found - names_.begin());
}

Fit TupleColumn::end() {
  for (const auto& element : elements_) {
    if (element->rows() != rows_ + 1) return Fit::wrong_type;
  }
  ++rows_;
  return Fit::ok;
}

void TupleColumn::put_default() {
  for (const auto& element : elements_) element->put_default();
  ++rows_;
}

std::size_t TupleColumn::bytes() const noexcept {
  std::size_t total = 0;
  for (const auto& element : elements_) total += element->bytes();
  return total;
}

void TupleColumn::truncate(std::size_t rows) {
  rows_ = std::min(rows, rows_);
  for (const auto& element : elements_) element->truncate(rows_);
}

void TupleColumn::write_prefix(NativeOutput& out) const {
  for (const auto& element : elements_) element->write_prefix(out);
}

void TupleColumn::write_rows(NativeOutput& out) const {
  for (const auto& element : elements_) element->write_rows(out);
}

void TupleColumn::append(const Column& from, std::size_t first, std::size_t count) {
  const auto& other = static_cast<const TupleColumn&>(from);
  for (std::size_t index = 0; index < elements_.size(); ++index) {
    elements_[index]->append(*other.elements_[index], first, count);
  }
  rows_ += count;
}

Result<std::unique_ptr<Column>> make_tuple_column(const Type& type) {
  if (type.arguments.empty()) return unusable_type(type, "it has no elements");
  std::vector<std::unique_ptr<Column>> elements;
  for (const Type& element : type.arguments) {
    PENSTOCK_TRY(column, make_column(element));
    elements.push_back(std::move(column));
  }
  return std::unique_ptr<Column>(std::make_unique<TupleColumn>(std::move(elements), type.names));
}

}  // namespace penstock
