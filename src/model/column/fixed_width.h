#pragma once

#include <cstddef>
#include <span>

#include "model/column.h"
#include "model/column/tail.h"

namespace penstock {

/// The half of a column that all types of fixed width share: one value per row,
/// side by side, as Native wants them. A subclass adds the rules for values:
/// it checks what it is offered and then calls take().
template <class T>
class FixedWidthColumn : public Column {
 public:
  void put_default() override { values_.push(T{}); }

  std::size_t rows() const noexcept final { return values_.size(); }
  std::size_t bytes() const noexcept final { return values_.bytes(); }

  void truncate(std::size_t rows) final { values_.shrink(rows); }
  void write_rows(NativeOutput& out) const final { out.borrow(values_.data(), bytes()); }

  void append(const Column& from, std::size_t first, std::size_t count) final {
    values_.append(static_cast<const FixedWidthColumn&>(from).values_.data() + first, count);
  }

  std::span<const T> values() const noexcept { return {values_.data(), values_.size()}; }

 protected:
  Fit take(T value) {
    values_.push(value);
    return Fit::ok;
  }

 private:
  Tail<T> values_;
};

}  // namespace penstock
