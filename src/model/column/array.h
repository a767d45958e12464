#pragma once

#include <cstdint>
#include <memory>

#include "model/column.h"
#include "model/column/tail.h"

namespace penstock {

/// Where the elements of each row end among the elements of all rows: the
/// UInt64 offsets that Array and Map have in Native.
class RowEnds {
 public:
  std::size_t rows() const noexcept { return ends_.size(); }
  std::size_t bytes() const noexcept { return ends_.bytes(); }
  /// Elements of all rows before `row`.
  std::size_t begin(std::size_t row) const { return row == 0 ? 0 : ends_.data()[row - 1]; }
  void add(std::size_t elements) { ends_.push(elements); }
  void truncate(std::size_t rows) { ends_.shrink(rows); }
  void write(NativeOutput& out) const { out.borrow(ends_.data(), bytes()); }
  void append(const RowEnds& from, std::size_t first, std::size_t count);

 private:
  Tail<std::uint64_t> ends_;
};

/// Array(T), and Nested(…) as an array of tuples: the offsets, then the
/// elements of all rows.
class ArrayColumn final : public Column {
 public:
  explicit ArrayColumn(std::unique_ptr<Column> elements) : elements_(std::move(elements)) {}

  Shape shape() const noexcept override { return Shape::list; }
  std::size_t children() const noexcept override { return 1; }
  ColumnWriter& child(std::size_t /*index*/) override { return *elements_; }
  Fit end() override {
    ends_.add(elements_->rows());
    return Fit::ok;
  }
  void put_default() override { end(); }

  std::size_t rows() const noexcept override { return ends_.rows(); }
  std::size_t bytes() const noexcept override { return ends_.bytes() + elements_->bytes(); }
  void truncate(std::size_t rows) override;
  void write_prefix(NativeOutput& out) const override { elements_->write_prefix(out); }
  void write_rows(NativeOutput& out) const override;
  void append(const Column& from, std::size_t first, std::size_t count) override;

 private:
  RowEnds ends_;
  std::unique_ptr<Column> elements_;
};

Result<std::unique_ptr<Column>> make_array(const Type& type);
Result<std::unique_ptr<Column>> make_nested(const Type& type);

}  // namespace penstock
