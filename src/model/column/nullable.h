#pragma once

#include <cstdint>
#include <memory>

#include "model/column.h"
#include "model/column/tail.h"

namespace penstock {

/// Nullable(T), T a scalar or a Tuple: one byte per row, 1 for null, then T's rows with
/// T's zero value where the row is null.
class NullableColumn final : public Column {
 public:
  explicit NullableColumn(std::unique_ptr<Column> inner) : inner_(std::move(inner)) {}

  Fit put_int(std::int64_t value) override { return note(inner_->put_int(value)); }
  Fit put_uint(std::uint64_t value) override { return note(inner_->put_uint(value)); }
  Fit put_real(double value) override { return note(inner_->put_real(value)); }
  Fit put_bool(bool value) override { return note(inner_->put_bool(value)); }
  Fit put_text(std::string_view value) override { return note(inner_->put_text(value)); }
  Fit put_bytes(std::string_view value) override { return note(inner_->put_bytes(value)); }
  Fit put_json(std::string_view json) override { return note(inner_->put_json(json)); }
  Fit put_number(std::string_view digits) override { return note(inner_->put_number(digits)); }
  Fit put_decimal(std::int64_t unscaled, int scale) override {
    return note(inner_->put_decimal(unscaled, scale));
  }
  Fit put_time(std::int64_t count, TimeUnit unit) override {
    return note(inner_->put_time(count, unit));
  }
  Fit put_day(std::int64_t days) override { return note(inner_->put_day(days)); }
  Fit put_duration(std::int64_t count, TimeUnit unit) override {
    return note(inner_->put_duration(count, unit));
  }
  Shape shape() const noexcept override { return inner_->shape(); }
  std::size_t children() const noexcept override { return inner_->children(); }
  ColumnWriter& child(std::size_t index) override { return inner_->child(index); }
  int child_index(std::string_view name) const noexcept override {
    return inner_->child_index(name);
  }
  Fit end() override { return note(inner_->end()); }
  void put_default() override {
    inner_->put_default();
    is_null_.push(1);
  }
  bool wants_digits() const noexcept override { return inner_->wants_digits(); }

  std::size_t rows() const noexcept override { return is_null_.size(); }
  std::size_t bytes() const noexcept override { return is_null_.size() + inner_->bytes(); }
  /// Forgets what the inner column holds beyond these rows, too.
  void truncate(std::size_t rows) override;
  void write_prefix(NativeOutput& out) const override { inner_->write_prefix(out); }
  void write_rows(NativeOutput& out) const override;
  void append(const Column& from, std::size_t first, std::size_t count) override;

  /// The column of T. Who puts a value there itself hands the answer to note().
  Column& inner() noexcept { return *inner_; }
  /// Completes a row whose value was offered to inner(): with Fit::ok it is no null.
  Fit note(Fit fit) {
    if (fit == Fit::ok) is_null_.push(0);
    return fit;
  }

 private:
  std::unique_ptr<Column> inner_;
  Tail<std::uint8_t> is_null_;
};

/// Errors: pipe.mapping also for Nullable(Array(…)) and the like, which
/// ClickHouse does not have either.
Result<std::unique_ptr<Column>> make_nullable(const Type& type);

}  // namespace penstock
