#pragma once

#include <memory>

#include "model/column/array.h"

namespace penstock {

/// Map(K, V), laid out as Array(Tuple(K, V)). Keys stay as given, also twice and
/// in any order, as ClickHouse keeps them.
class MapColumn final : public Column {
 public:
  MapColumn(std::unique_ptr<Column> keys, std::unique_ptr<Column> values)
      : keys_(std::move(keys)), values_(std::move(values)) {}

  Shape shape() const noexcept override { return Shape::map; }
  std::size_t children() const noexcept override { return 2; }
  ColumnWriter& child(std::size_t index) override { return index == 0 ? *keys_ : *values_; }
  /// Refuses a key without its value.
  Fit end() override;
  void put_default() override { ends_.add(keys_->rows()); }

  std::size_t rows() const noexcept override { return ends_.rows(); }
  std::size_t bytes() const noexcept override {
    return ends_.bytes() + keys_->bytes() + values_->bytes();
  }
  void truncate(std::size_t rows) override;
  void write_prefix(NativeOutput& out) const override;
  void write_rows(NativeOutput& out) const override;
  void append(const Column& from, std::size_t first, std::size_t count) override;

 private:
  RowEnds ends_;
  std::unique_ptr<Column> keys_;
  std::unique_ptr<Column> values_;
};

Result<std::unique_ptr<Column>> make_map(const Type& type);

}  // namespace penstock
