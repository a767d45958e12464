#include "model/column/map.h"

#include "model/column/inner_type.h"

namespace penstock {

Fit MapColumn::end() {
  if (keys_->rows() != values_->rows()) return Fit::wrong_type;
  ends_.add(keys_->rows());
  return Fit::ok;
}

void MapColumn::truncate(std::size_t rows) {
  ends_.truncate(rows);
  const std::size_t pairs = ends_.begin(ends_.rows());
  keys_->truncate(pairs);
  values_->truncate(pairs);
}

void MapColumn::write_prefix(NativeOutput& out) const {
  keys_->write_prefix(out);
  values_->write_prefix(out);
}

void MapColumn::write_rows(NativeOutput& out) const {
  ends_.write(out);
  keys_->write_rows(out);
  values_->write_rows(out);
}

void MapColumn::append(const Column& from, std::size_t first, std::size_t count) {
  const auto& other = static_cast<const MapColumn&>(from);
  const std::size_t begin = other.ends_.begin(first);
  const std::size_t pairs = other.ends_.begin(first + count) - begin;
  ends_.append(other.ends_, first, count);
  keys_->append(*other.keys_, begin, pairs);
  values_->append(*other.values_, begin, pairs);
}

Result<std::unique_ptr<Column>> make_map(const Type& type) {
  PENSTOCK_TRY(keys, make_inner_column(type, 0, 2));
  PENSTOCK_TRY(values, make_inner_column(type, 1, 2));
  return std::unique_ptr<Column>(std::make_unique<MapColumn>(std::move(keys), std::move(values)));
}

}  // namespace penstock
