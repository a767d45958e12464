#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/column.h"

namespace penstock {

/// Tuple(A, B) and Tuple(a A, b B): the elements' columns one after the other.
class TupleColumn final : public Column {
 public:
  /// `names`: one per element, or none at all. At least one element.
  TupleColumn(std::vector<std::unique_ptr<Column>> elements, std::vector<std::string> names)
      : elements_(std::move(elements)), names_(std::move(names)) {}

  Shape shape() const noexcept override { return Shape::record; }
  std::size_t children() const noexcept override { return elements_.size(); }
  ColumnWriter& child(std::size_t index) override { return *elements_[index]; }
  int child_index(std::string_view name) const noexcept override;
  /// One per element, or none at all.
  const std::vector<std::string>& names() const noexcept { return names_; }
  Fit end() override;
  void put_default() override;

  std::size_t rows() const noexcept override { return rows_; }
  std::size_t bytes() const noexcept override;
  void truncate(std::size_t rows) override;
  void write_prefix(NativeOutput& out) const override;
  void write_rows(NativeOutput& out) const override;
  void append(const Column& from, std::size_t first, std::size_t count) override;

 private:
  std::vector<std::unique_ptr<Column>> elements_;
  std::vector<std::string> names_;
  std::size_t rows_ = 0;
};

/// Also for the tuple inside Nested. Errors: pipe.mapping, for Tuple() too.
Result<std::unique_ptr<Column>> make_tuple_column(const Type& type);

}  // namespace penstock
